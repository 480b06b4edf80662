package dev.pawl.gateway;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.NativeInetAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A listening TCP socket handed over by number. Level-triggered and one accept a notice, so that a socket somebody left
 * blocking cannot hold up the loop. Used on one event loop, owns its descriptor.
 */
final class Listener implements EpollIoHandle {
    private static final int RETRY_MILLIS = 100;

    private final LinuxSocket socket;
    private final IoEventLoop loop;
    private final BiConsumer<LinuxSocket, InetSocketAddress> accepted;
    private final byte[] peer = new byte[26]; // its length first, then address, scope and port
    private @Nullable IoRegistration registration;
    private boolean paused;

    /** {@code accepted} takes over each new socket and learns its peer. */
    Listener(int descriptor, IoEventLoop loop, BiConsumer<LinuxSocket, InetSocketAddress> accepted) {
        this.socket = LinuxSocket.newSocket(descriptor);
        this.loop = loop;
        this.accepted = accepted;
    }

    void register() throws IOException {
        IoRegistration registered = loop.register(this).getNow();
        if (registered == null) {
            throw new IOException("epoll took no registration");
        }
        registration = registered;
        pause(paused);
    }

    /** What connects while paused waits in the kernel's backlog. */
    void pause(boolean stop) {
        paused = stop;
        if (registration != null && registration.isValid()) {
            // EPOLLERR alone asks for nothing; no interest at all would end the registration.
            registration.submit(stop ? EpollIoOps.EPOLLERR : EpollIoOps.EPOLLIN);
        }
    }

    @Override
    public FileDescriptor fd() {
        return socket;
    }

    @Override
    public void handle(IoRegistration ready, IoEvent event) {
        if (paused) {
            return;
        }
        try {
            int descriptor = socket.accept(peer);
            if (descriptor >= 0) {
                accepted.accept(LinuxSocket.newSocket(descriptor), NativeInetAddress.address(peer, 1, peer[0]));
            }
        } catch (IOException | RuntimeException e) {
            // Most often no descriptor is free; without a break the loop would do nothing else.
            pause(true);
            var _ = loop.schedule(() -> pause(false), RETRY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        if (registration != null) {
            registration.cancel();
        }
        try {
            socket.close();
        } catch (IOException e) {
            // Linux frees the descriptor whatever close(2) answers.
        }
    }
}
