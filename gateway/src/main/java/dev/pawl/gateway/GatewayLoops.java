package dev.pawl.gateway;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The event loops that the gateways of one process share: {@value #THREADS} daemon threads on epoll, started by the
 * first run that needs the network. Thread-safe.
 */
public final class GatewayLoops implements AutoCloseable {
    static final int THREADS = 2;

    private @Nullable MultiThreadIoEventLoopGroup group;
    private boolean closed;

    /** Starts nothing. */
    public GatewayLoops() {}

    /**
     * The loop for one more relay, which stays on it, so that everything about it is one thread's.
     *
     * @throws IllegalStateException after {@link #close}, or where epoll is not available
     */
    IoEventLoop next() {
        return shared().next();
    }

    /**
     * All of them, for a server of many connections that have nothing to do with each other.
     *
     * @throws IllegalStateException after {@link #close}, or where epoll is not available
     */
    public synchronized IoEventLoopGroup shared() {
        if (closed) {
            throw new IllegalStateException("the gateway loops are closed");
        }
        if (group == null) {
            group = new MultiThreadIoEventLoopGroup(
                    THREADS, new DefaultThreadFactory("pawl-gateway", true), EpollIoHandler.newFactory());
        }
        return group;
    }

    /** Stops the loops; sockets still open on them are reset. Waits up to 5 seconds. */
    @Override
    public void close() {
        MultiThreadIoEventLoopGroup running;
        synchronized (this) {
            closed = true;
            running = group;
            group = null;
        }
        if (running != null) {
            running.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
        }
    }
}
