package dev.pawl.gateway.inspect;

import dev.pawl.core.Decision;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * One inspected connection: two sockets, TLS on both or on neither, HTTP between them. The server's certificate is verified
 * before the agent's handshake is answered. Used on one event loop; owns both sockets.
 */
public final class Inspected {
    /** Hears how it ended, once. */
    public interface End {
        /** Both sockets are closed; {@code denial} is null where nothing was refused on the connection itself. */
        void ended(@Nullable Decision denial);
    }

    private final Setting setting;
    private final Tls tls;
    private final EpollSocketChannel agent;
    private final EpollSocketChannel server;
    private final End end;
    private final Http1 http;
    private ByteBuf first;
    private @Nullable Decision denial;
    private boolean over;

    /**
     * TLS of both sides.
     *
     * @param agent shows the agent the granted host; null where there is no TLS
     * @param server verifies the server; null where there is no TLS
     */
    record Tls(@Nullable SslContext agent, @Nullable SslContext server) {}

    Inspected(Setting setting, Tls tls, Traffic traffic, int agent, int server, ByteBuf first, End end) {
        this.setting = setting;
        this.tls = tls;
        this.agent = new EpollSocketChannel(agent);
        this.server = new EpollSocketChannel(server);
        this.first = first;
        this.end = end;
        this.http = new Http1(setting, traffic, new Peer(this.agent), new Peer(this.server), () -> over(null));
    }

    /** Takes the sockets into the loop and begins. */
    void start() {
        EventLoop loop = setting.loop();
        for (EpollSocketChannel channel : new EpollSocketChannel[] {agent, server}) {
            channel.config().setAutoRead(false);
            channel.config().setOption(ChannelOption.TCP_NODELAY, true);
            channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
        }
        agent.pipeline().addLast(new Side(true));
        server.pipeline().addLast(new Side(false));
        var _ = loop.register(agent);
        var _ = loop.register(server);
        SslContext context = tls.server();
        if (context == null) {
            beginAgent();
            return;
        }
        SslHandler handler = context.newHandler(
                server.alloc(), setting.authority().host(), setting.authority().port());
        handler.setHandshakeTimeoutMillis(setting.limits().handshake().toMillis());
        handler.handshakeFuture().addListener(this::serverShook);
        server.pipeline().addFirst(handler);
        server.read();
    }

    private void serverShook(Future<? super Channel> shaken) {
        if (over) {
            return;
        }
        if (!shaken.isSuccess()) {
            denial = reason(shaken.cause());
        }
        beginAgent();
    }

    private Decision reason(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof CertPathValidatorException || each instanceof CertificateException) {
                return Denials.certificate(setting.authority().host(), String.valueOf(each.getMessage()));
            }
        }
        return Denials.server("its TLS handshake failed");
    }

    private void beginAgent() {
        SslContext context = tls.agent();
        if (context != null) {
            SslHandler handler = context.newHandler(agent.alloc());
            handler.setHandshakeTimeoutMillis(setting.limits().head().toMillis());
            handler.handshakeFuture().addListener(this::agentShook);
            agent.pipeline().addFirst(handler);
        }
        ByteBuf held = first;
        first = Unpooled.EMPTY_BUFFER;
        agent.pipeline().fireChannelRead(held);
        agent.pipeline().fireChannelReadComplete();
        if (context == null && denial != null) {
            http.unusable(denial);
        }
        read();
    }

    private void agentShook(Future<? super Channel> shaken) {
        if (over) {
            return;
        }
        if (!shaken.isSuccess()) {
            denial = shaken.cause() instanceof SSLException failed ? Denials.untrusted(detail(failed)) : denial;
            http.abort();
        } else if (denial != null) {
            http.unusable(denial);
        }
    }

    private static String detail(SSLException failed) {
        String message = String.valueOf(failed.getMessage());
        return failed instanceof SSLHandshakeException ? message : "the handshake did not end: " + message;
    }

    /** Reads on where there is room. */
    private void read() {
        if (over || setting.standstill().still()) {
            return;
        }
        if (http.readsAgent()) {
            agent.read();
        }
        if (http.readsServer()) {
            server.read();
        }
    }

    /** Stops or restarts all reading. */
    public void pause(boolean stop) {
        setting.standstill().set(stop);
        if (!stop) {
            http.pump();
            read();
        }
    }

    /** Ends both sides with a reset. May be repeated. */
    public void cut() {
        http.abort();
    }

    private void over(@Nullable Decision why) {
        if (over) {
            return;
        }
        over = true;
        first.release();
        first = Unpooled.EMPTY_BUFFER;
        end.ended(why == null ? denial : why);
    }

    /** Passes plain bytes of one side on. */
    private final class Side extends ChannelInboundHandlerAdapter {
        private final boolean isAgent;

        Side(boolean isAgent) {
            this.isAgent = isAgent;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            if (over) {
                bytes.release();
            } else if (isAgent) {
                http.agent(bytes);
            } else {
                http.server(bytes);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            read();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            http.pump();
            read();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (isAgent) {
                http.end();
            } else {
                http.serverClosed();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // Most often a reset by the peer, or bytes that are no TLS; there is nobody to tell.
            if (isAgent) {
                http.abort();
            } else {
                http.serverClosed();
            }
        }
    }
}
