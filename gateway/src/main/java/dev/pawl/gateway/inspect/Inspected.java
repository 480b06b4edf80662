package dev.pawl.gateway.inspect;

import dev.pawl.core.Decision;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.function.Consumer;
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

    private static final String TAIL = "tail";
    /** What HTTP/2 begins with where no handshake said so: no request of HTTP/1 does. */
    private static final byte[] PREFACE = "PRI * HTTP/2.0".getBytes(StandardCharsets.US_ASCII);

    private final Setting setting;
    private final @Nullable Tls tls;
    private final EpollSocketChannel agent;
    private final EpollSocketChannel server;
    private final End end;
    private final Traffic traffic;
    private @Nullable Conversation conversation;
    private ByteBuf first;
    private @Nullable Decision denial;
    private boolean over;

    /**
     * TLS of both sides.
     *
     * @param agent shows the agent the granted host, and speaks what the server chose
     * @param server verifies the server, and offers it what the agent offered
     * @param fallback what is spoken with the agent where there is no server to choose
     */
    record Tls(Shown agent, SslContext server, String fallback) {
        /** Makes the agent's side. */
        interface Shown {
            /** Speaks this and nothing else, by ALPN; empty for an agent that named no protocol. */
            SslContext speaking(String protocol) throws SSLException;
        }
    }

    Inspected(Setting setting, @Nullable Tls tls, Traffic traffic, int agent, int server, ByteBuf first, End end) {
        this.setting = setting;
        this.tls = tls;
        this.agent = new EpollSocketChannel(agent);
        this.server = new EpollSocketChannel(server);
        this.first = first;
        this.end = end;
        this.traffic = traffic;
    }

    /** Takes the sockets into the loop and begins. */
    void start() {
        EventLoop loop = setting.loop();
        for (EpollSocketChannel channel : new EpollSocketChannel[] {agent, server}) {
            channel.config().setAutoRead(false);
            channel.config().setOption(ChannelOption.TCP_NODELAY, true);
            channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
        }
        agent.pipeline().addLast(TAIL, new Side(true));
        server.pipeline().addLast(TAIL, new Side(false));
        var _ = loop.register(agent);
        var _ = loop.register(server);
        if (tls == null) {
            converse(first.readableBytes() >= PREFACE.length
                    && ByteBufUtil.equals(
                            first, first.readerIndex(), Unpooled.wrappedBuffer(PREFACE), 0, PREFACE.length));
            greet();
            return;
        }
        SslHandler handler = tls.server.newHandler(
                server.alloc(), setting.authority().host(), setting.authority().port());
        handler.setHandshakeTimeoutMillis(setting.limits().handshake().toMillis());
        handler.handshakeFuture().addListener(shaken -> serverShook(tls, handler, shaken));
        server.pipeline().addFirst(handler);
        server.read();
    }

    private void serverShook(Tls both, SslHandler handler, Future<? super Channel> shaken) {
        if (over) {
            return;
        }
        String protocol = both.fallback;
        if (shaken.isSuccess()) {
            String chosen = handler.applicationProtocol();
            if (chosen == null && protocol.equals(ApplicationProtocolNames.HTTP_2)) {
                denial = Denials.server("the server does not speak HTTP/2, and the client nothing else");
            } else {
                protocol = chosen == null ? "" : chosen;
            }
        } else {
            denial = reason(shaken.cause());
        }
        SslHandler shown;
        try {
            shown = both.agent.speaking(protocol).newHandler(agent.alloc());
        } catch (SSLException e) {
            denial = Denials.broken(e);
            abort();
            return;
        }
        shown.setHandshakeTimeoutMillis(setting.limits().head().toMillis());
        shown.handshakeFuture().addListener(this::agentShook);
        agent.pipeline().addFirst(shown);
        converse(protocol.equals(ApplicationProtocolNames.HTTP_2));
        greet();
    }

    /** Both sides are spoken to in the same version of HTTP from here on. */
    private void converse(boolean http2) {
        Runnable ended = () -> over(null);
        if (http2) {
            Http2 begun = new Http2(setting, traffic, agent, server, ended);
            conversation = begun;
            if (denial != null) {
                begun.unusable(denial);
            }
            begun.start(TAIL);
        } else {
            Http1 begun = new Http1(setting, traffic, new Peer(agent), new Peer(server), ended);
            conversation = begun;
            agent.pipeline().addBefore(TAIL, null, new Bytes(begun::agent));
            server.pipeline().addBefore(TAIL, null, new Bytes(begun::server));
        }
    }

    /** Lets in what the agent sent before. */
    private void greet() {
        ByteBuf held = first;
        first = Unpooled.EMPTY_BUFFER;
        agent.pipeline().fireChannelRead(held);
        agent.pipeline().fireChannelReadComplete();
        read();
    }

    private Decision reason(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof CertPathValidatorException || each instanceof CertificateException) {
                return Denials.certificate(setting.authority().host(), String.valueOf(each.getMessage()));
            }
        }
        return Denials.server("its TLS handshake failed");
    }

    private void agentShook(Future<? super Channel> shaken) {
        if (over) {
            return;
        }
        if (!shaken.isSuccess()) {
            denial = shaken.cause() instanceof SSLException failed ? Denials.untrusted(detail(failed)) : denial;
            abort();
        } else if (denial != null && conversation != null) {
            conversation.unusable(denial);
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
        if (conversation == null) {
            // Nobody is spoken to before the server has shown who it is.
            server.read();
            return;
        }
        if (conversation.readsAgent()) {
            agent.read();
        }
        if (conversation.readsServer()) {
            server.read();
        }
    }

    /** Stops or restarts all reading. */
    public void pause(boolean stop) {
        setting.standstill().set(stop);
        if (!stop) {
            if (conversation != null) {
                conversation.resumed();
            }
            read();
        }
    }

    /** Ends both sides with a reset. May be repeated. */
    public void cut() {
        abort();
    }

    private void abort() {
        if (conversation != null) {
            conversation.abort();
        } else {
            new Peer(agent).reset();
            new Peer(server).reset();
            over(null);
        }
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

    /** Hands plain bytes on to who understands them. */
    private static final class Bytes extends ChannelInboundHandlerAdapter {
        private final Consumer<ByteBuf> to;

        Bytes(Consumer<ByteBuf> to) {
            this.to = to;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            to.accept((ByteBuf) message);
        }
    }

    /** Hears what becomes of one side. */
    private final class Side extends ChannelInboundHandlerAdapter {
        private final boolean isAgent;

        Side(boolean isAgent) {
            this.isAgent = isAgent;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            // Bytes from before anybody is spoken to, which nobody asked for.
            ReferenceCountUtil.release(message);
            abort();
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            if (conversation != null) {
                conversation.pump();
            }
            read();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            if (conversation != null) {
                conversation.pump();
            }
            read();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            gone(true);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // Most often a reset by the peer, or bytes that are no TLS; there is nobody to tell.
            gone(false);
        }

        private void gone(boolean inOrder) {
            if (conversation == null) {
                if (isAgent) {
                    abort();
                }
            } else if (!isAgent) {
                conversation.serverClosed();
            } else if (inOrder) {
                conversation.end();
            } else {
                conversation.abort();
            }
        }
    }
}
