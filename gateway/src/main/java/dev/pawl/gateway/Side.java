package dev.pawl.gateway;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One TCP socket of a flow, registered edge-triggered once: what epoll says is latched in {@link #readable} and
 * {@link #writable} until a call on the socket finds otherwise. So a paused flow makes no system call at all and loses
 * no notice. Used on one event loop, owns its descriptor.
 */
final class Side implements EpollIoHandle {
    /** EPOLLHUP of linux/eventpoll.h, which Netty does not name. */
    private static final int HANG_UP = 0x10;

    private static final EpollIoOps ALL = EpollIoOps.valueOf(EpollIoOps.EPOLLIN.value()
            | EpollIoOps.EPOLLOUT.value()
            | EpollIoOps.EPOLLRDHUP.value()
            | EpollIoOps.EPOLLET.value());

    final LinuxSocket socket;
    private Runnable notice = () -> {};
    private @Nullable IoRegistration registration;

    private boolean given;

    boolean readable;
    boolean writable;
    /** The peer sent all it will: once nothing is left to read, that is the end of the stream. */
    boolean hungUp;
    /** The kernel holds an error for this socket, most often a reset. */
    boolean failed;

    Side(LinuxSocket socket) {
        this.socket = socket;
    }

    /** What runs after each notice; must not throw. */
    void onNotice(Runnable action) {
        notice = action;
    }

    void register(IoEventLoop loop) throws IOException {
        IoRegistration registered = loop.register(this).getNow();
        if (registered == null) {
            throw new IOException("epoll took no registration");
        }
        registration = registered;
        registered.submit(ALL);
    }

    /** Delay costs more than small packets do on a relay; keepalive finds peers that are gone. */
    void tune() throws IOException {
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
    }

    @Override
    public FileDescriptor fd() {
        return socket;
    }

    @Override
    public void handle(IoRegistration ready, IoEvent event) {
        int ops = ((EpollIoEvent) event).ops().value();
        int error = EpollIoOps.EPOLLERR.value() | HANG_UP;
        readable |= (ops & (EpollIoOps.EPOLLIN.value() | EpollIoOps.EPOLLRDHUP.value() | error)) != 0;
        writable |= (ops & (EpollIoOps.EPOLLOUT.value() | error)) != 0;
        hungUp |= (ops & (EpollIoOps.EPOLLRDHUP.value() | HANG_UP)) != 0;
        failed |= (ops & EpollIoOps.EPOLLERR.value()) != 0;
        notice.run();
    }

    /** Gives the descriptor away, still open; this side is over. */
    int give() {
        if (registration != null) {
            registration.cancel();
        }
        given = true;
        return socket.intValue();
    }

    /** Closes with a reset; may be repeated. */
    void reset() {
        if (given) {
            return;
        }
        try {
            if (socket.isOpen()) {
                socket.setSoLinger(0);
            }
        } catch (IOException e) {
            // A socket that is already dead needs no reset.
        }
        close();
    }

    /** Closes; may be repeated. */
    @Override
    public void close() {
        if (given) {
            return;
        }
        if (registration != null) {
            registration.cancel(); // before the number is free again, as registrations are kept by number
        }
        try {
            socket.close();
        } catch (IOException e) {
            // Linux frees the descriptor whatever close(2) answers.
        }
    }
}
