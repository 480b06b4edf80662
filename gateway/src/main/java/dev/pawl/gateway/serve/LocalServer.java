package dev.pawl.gateway.serve;

import dev.pawl.gateway.GatewayLoops;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.timeout.WriteTimeoutHandler;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Serves HTTP/1.1 to programs of this machine. Thread-safe.
 *
 * <p>A connection carries one request after the other; each has to come within {@value #PATIENCE_SECONDS} seconds.
 * Beyond {@value #MOST_AT_ONCE} requests at a time, and {@value #MOST_CONNECTIONS} connections, others are sent away.
 */
public final class LocalServer implements Closeable {
    static final int PATIENCE_SECONDS = 30;
    static final int MOST_AT_ONCE = 64;
    static final int MOST_CONNECTIONS = 256;

    private static final Duration PATIENCE = Duration.ofSeconds(PATIENCE_SECONDS);
    private static final int HEAD = 8192;

    private final Channel channel;
    private final ExecutorService workers;

    private LocalServer(Channel channel, ExecutorService workers) {
        this.channel = channel;
        this.workers = workers;
    }

    /**
     * Listens on loopback.
     *
     * @param port 0 for one that is free
     * @throws IOException if it cannot
     */
    public static LocalServer onLoopback(GatewayLoops loops, int port, Token token, Service service)
            throws IOException {
        return onLoopback(loops, port, token, service, PATIENCE);
    }

    static LocalServer onLoopback(GatewayLoops loops, int port, Token token, Service service, Duration patience)
            throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
        return start(loops, EpollServerSocketChannel.class, address, token, service, patience);
    }

    /**
     * Listens on a unix socket that only its owner may connect to.
     *
     * @throws IOException if it cannot, or something is there already
     */
    public static LocalServer onSocket(GatewayLoops loops, Path path, Token token, Service service) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(path + " is there already; remove it if nothing listens on it");
        }
        LocalServer server = start(
                loops,
                EpollServerDomainSocketChannel.class,
                new DomainSocketAddress(path.toFile()),
                token,
                service,
                PATIENCE);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        return server;
    }

    private static LocalServer start(
            GatewayLoops loops,
            Class<? extends ServerChannel> kind,
            SocketAddress address,
            Token token,
            Service service,
            Duration patience)
            throws IOException {
        ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
        Semaphore atOnce = new Semaphore(MOST_AT_ONCE);
        Semaphore connections = new Semaphore(MOST_CONNECTIONS);
        EventLoopGroup loop = loops.shared();
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop)
                .channel(kind)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel opened) {
                        if (!connections.tryAcquire()) {
                            Conversation.done(opened.close());
                            return;
                        }
                        opened.closeFuture().addListener(_ -> connections.release());
                        opened.pipeline()
                                .addLast(new WriteTimeoutHandler(PATIENCE_SECONDS))
                                .addLast(new HttpServerCodec(new HttpDecoderConfig()
                                        .setMaxInitialLineLength(HEAD)
                                        .setMaxHeaderSize(HEAD)
                                        .setMaxChunkSize(HEAD)))
                                .addLast(new FlowControlHandler())
                                .addLast(new Conversation(token, service, workers, atOnce, patience.toMillis()));
                    }
                });
        var bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            workers.shutdown();
            throw new IOException(
                    "cannot listen on " + address + ": " + bound.cause().getMessage(), bound.cause());
        }
        return new LocalServer(bound.channel(), workers);
    }

    /** Where it listens. */
    public SocketAddress address() {
        return channel.localAddress();
    }

    /** Accepts nobody any more; who waits for an answer may still get it. */
    @Override
    public void close() throws IOException {
        channel.close().awaitUninterruptibly();
        workers.shutdown();
        if (channel.localAddress() instanceof DomainSocketAddress socket) {
            Files.deleteIfExists(Path.of(socket.path()));
        }
    }
}
