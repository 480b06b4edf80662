package dev.pawl.gateway;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pawl.core.Egress.Cut;
import dev.pawl.core.Egress.Listeners;
import dev.pawl.core.Egress.Passage;
import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.LinuxSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A run's listeners and DNS on one event loop and its relays on one each, started: a flow stays on the relay that its source
 * port falls to. The only way in from other threads. Thread-safe.
 */
final class Exchange {
    private static final int PATIENCE_SECONDS = 5;

    private final IoEventLoop loop;
    private final List<Relay> relays;
    private final List<Listener> listeners = new ArrayList<>();
    private final DnsUdp dnsUdp;
    private final DnsTcp dnsTcp;

    /** Takes over the listeners, also when it throws. */
    Exchange(Listeners given, List<Relay> relays, DnsDesk desk, boolean paused) {
        this.loop = relays.getFirst().loop();
        this.relays = List.copyOf(relays);
        this.dnsUdp = new DnsUdp(given.dnsUdp(), loop, desk);
        this.dnsTcp = new DnsTcp(given.dnsTcp(), loop, desk);
        boolean started = call(loop, () -> start(given));
        if (!started) {
            closeAll();
            throw new IllegalStateException("the listeners of the sandbox could not be served");
        }
        setPaused(paused);
    }

    /** Nothing is taken before it is known whether the run is paused. */
    private boolean start(Listeners given) {
        try {
            listen(given.relay4());
            if (given.relay6() >= 0) {
                listen(given.relay6());
            }
            dnsUdp.pause(true);
            dnsTcp.pause(true);
            dnsUdp.register();
            dnsTcp.register();
            return true;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    private void listen(int descriptor) throws IOException {
        Listener listener = new Listener(descriptor, loop, this::accepted);
        listeners.add(listener);
        listener.pause(true);
        listener.register();
    }

    private void accepted(LinuxSocket socket, InetSocketAddress source) {
        Relay relay = relay(source);
        if (relay.loop().inEventLoop()) {
            relay.accepted(socket, source);
            return;
        }
        try {
            relay.loop().execute(() -> relay.accepted(socket, source));
        } catch (RejectedExecutionException closed) {
            new Side(socket).reset();
        }
    }

    /** The kernel hands out source ports of one parity first. */
    private Relay relay(InetSocketAddress source) {
        return relays.get(source.getPort() / 2 % relays.size());
    }

    void expect(InetSocketAddress source, Passage passage) {
        Relay relay = relay(source);
        try {
            relay.loop().execute(() -> relay.expect(source, passage));
        } catch (RejectedExecutionException closed) {
            // The loops are gone, and the relay's sockets with them.
        }
    }

    /** Waits until what lies in the sockets by now was read, so that who has ended is known for the reason it gave. */
    void hear() {
        try {
            for (Relay relay : relays) {
                // A turn of a loop looks at its sockets first. The first of two may have looked before.
                call(relay.loop(), () -> true);
                call(relay.loop(), () -> true);
            }
        } catch (RejectedExecutionException closed) {
            // Nothing is read without loops.
        }
    }

    /** Cuts and waits until it is done. */
    Cut cut() {
        long start = System.nanoTime();
        int flows;
        try {
            flows = closeAll();
        } catch (RejectedExecutionException closed) {
            flows = 0; // The loops are gone, and every socket with them.
        }
        return new Cut(flows, (System.nanoTime() - start) / 1e6);
    }

    void pause(boolean stop) {
        try {
            setPaused(stop);
        } catch (RejectedExecutionException closed) {
            // Nothing flows without loops.
        }
    }

    private int closeAll() {
        call(loop, () -> {
            listeners.forEach(Listener::close);
            dnsUdp.close();
            dnsTcp.close();
            return true;
        });
        int flows = 0;
        for (Relay relay : relays) {
            flows += call(relay.loop(), relay::cut);
        }
        return flows;
    }

    private void setPaused(boolean stop) {
        call(loop, () -> {
            listeners.forEach(listener -> listener.pause(stop));
            dnsUdp.pause(stop);
            dnsTcp.pause(stop);
            return stop;
        });
        for (Relay relay : relays) {
            call(relay.loop(), () -> {
                relay.pause(stop);
                return stop;
            });
        }
    }

    /** Runs on the loop and waits; at once where the caller is the loop. */
    @CanIgnoreReturnValue
    private static <T> T call(IoEventLoop loop, Supplier<T> action) {
        if (loop.inEventLoop()) {
            return action.get();
        }
        try {
            return loop.submit(action::get).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the gateway worked", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the gateway's event loop did not do its work", e);
        }
    }
}
