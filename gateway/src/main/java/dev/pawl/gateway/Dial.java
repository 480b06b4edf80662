package dev.pawl.gateway;

import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Connects to the first of several addresses that takes the connection. Used on one event loop. */
final class Dial {
    static final int TIMEOUT_SECONDS = 10;

    private final IoEventLoop loop;
    private final Iterator<InetSocketAddress> candidates;
    private final Done done;
    private @Nullable Side side;
    private @Nullable InetSocketAddress address;
    private @Nullable ScheduledFuture<?> timer;
    private boolean late;

    /** Hears of the end, exactly once unless the dial is abandoned. */
    interface Done {
        /** The connected side, whose notices still go to the dial, is the receiver's now. */
        void connected(Side side, InetSocketAddress address);

        /** {@code late} where one of the addresses did not answer in time, and no other took the connection. */
        void unreachable(boolean late);
    }

    Dial(IoEventLoop loop, List<InetSocketAddress> candidates, Done done) {
        this.loop = loop;
        this.candidates = candidates.iterator();
        this.done = done;
    }

    /** Starts with the first, or goes on with the next address. */
    void next() {
        abandon();
        while (candidates.hasNext()) {
            InetSocketAddress to = candidates.next();
            try {
                if (to.isUnresolved()) {
                    continue;
                }
                Side attempt = new Side(LinuxSocket.newSocketStream(to.getAddress() instanceof Inet6Address));
                side = attempt;
                address = to;
                attempt.onNotice(this::noticed);
                attempt.tune();
                boolean connected = attempt.socket.connect(to);
                attempt.register(loop);
                if (connected) {
                    succeed(attempt, to);
                } else {
                    timer = loop.schedule(this::late, TIMEOUT_SECONDS, TimeUnit.SECONDS);
                }
                return;
            } catch (IOException | RuntimeException e) {
                abandon();
            }
        }
        done.unreachable(late);
    }

    private void late() {
        late = true;
        next();
    }

    /** Gives up without a word; may be repeated. */
    void abandon() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        if (side != null) {
            side.reset();
            side = null;
        }
    }

    private void noticed() {
        Side attempt = side;
        InetSocketAddress to = address;
        if (attempt == null || to == null || !attempt.writable) {
            return;
        }
        try {
            // A stale notice for a reused number must not pass for success: only a connected socket has a peer.
            if (attempt.socket.finishConnect() && attempt.socket.remoteAddress() != null) {
                succeed(attempt, to);
            }
        } catch (IOException e) {
            next();
        }
    }

    private void succeed(Side connected, InetSocketAddress to) {
        side = null;
        abandon();
        connected.writable = true;
        done.connected(connected, to);
    }
}
