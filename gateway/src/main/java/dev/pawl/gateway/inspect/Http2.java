package dev.pawl.gateway.inspect;

import dev.pawl.core.Decision;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/2 between an agent and a server (RFC 9113): each stream of the agent is a request, screened before any of it goes on
 * to a stream of the server. Used on one event loop.
 */
final class Http2 implements Conversation {
    private final Setting setting;
    private final Peer agentPeer;
    private final Peer serverPeer;
    private final Ending ending;
    private final Valve agentValve;
    private final Valve serverValve;
    private final Http2End agent;
    private final Http2End server;
    private final IntObjectMap<Http2Exchange> byAgent = new IntObjectHashMap<>();
    private final IntObjectMap<Http2Exchange> byServer = new IntObjectHashMap<>();
    private @Nullable Decision unusable;
    /** The last stream that the server will look at, as far as it said. */
    private int lastTaken = Integer.MAX_VALUE;

    private boolean settled;
    private boolean stopsNew;
    private boolean over;

    /** {@code ended} runs once, when nothing more goes either way; both sides are closed then. */
    Http2(Setting setting, Traffic traffic, Channel agent, Channel server, Runnable ended) {
        this.setting = setting;
        this.agentPeer = new Peer(agent);
        this.serverPeer = new Peer(server);
        this.ending = new Ending(setting, agentPeer, ended);
        this.agentValve = new Valve(setting.standstill(), new Valve.Meter() {
            @Override
            public void in(int bytes) {}

            @Override
            public boolean out(int bytes) {
                return true;
            }
        });
        this.serverValve = new Valve(setting.standstill(), new ServerMeter(traffic));
        this.agent = new Http2End(agent, Http2Codec.agent(new AgentFrames(), this::agentBroken));
        this.server = new Http2End(server, Http2Codec.server(new ServerFrames(), this::serverBroken));
    }

    private record ServerMeter(Traffic traffic) implements Valve.Meter {
        @Override
        public void in(int bytes) {
            traffic.received(bytes);
        }

        @Override
        public boolean out(int bytes) {
            if (traffic.allowance(bytes) < bytes) {
                traffic.spent();
                return false;
            }
            traffic.sent(bytes);
            return true;
        }
    }

    /** Takes its codecs into both channels, before their handlers named {@code tail}. */
    void start(String tail) {
        agent.start(tail, agentValve, Http2Limits.AGENT_WINDOW);
        agent.connection().addListener(new AgentStreams());
        if (unusable == null) {
            server.start(tail, serverValve, Http2Limits.SERVER_WINDOW);
            server.connection().addListener(new ServerStreams());
        }
    }

    Http2End agent() {
        return agent;
    }

    Http2End server() {
        return server;
    }

    @Nullable
    Decision unusable() {
        return unusable;
    }

    /** Whether the server takes nothing new here: an agent has to come again on another connection. */
    boolean stopsNew() {
        return stopsNew;
    }

    /** An exchange has its stream to the server. */
    void asks(Http2Exchange exchange) {
        byServer.put(exchange.serverStream(), exchange);
    }

    /** An exchange is over. */
    void forget(Http2Exchange exchange) {
        byAgent.remove(exchange.agentStream());
        byServer.remove(exchange.serverStream());
        endIfIdle();
    }

    /** Nothing new is taken; what was begun goes on to its end. */
    void drain() {
        stopsNew = true;
        agent.goAway();
        endIfIdle();
    }

    private void endIfIdle() {
        if (stopsNew && byAgent.isEmpty() && !over) {
            setting.onLoop(this::end);
        }
    }

    @Override
    public void pump() {
        server.flush();
        agent.flush();
    }

    @Override
    public boolean readsAgent() {
        return true;
    }

    @Override
    public boolean readsServer() {
        return agentPeer.writable();
    }

    @Override
    public void unusable(Decision why) {
        unusable = why;
    }

    @Override
    public void resumed() {
        if (!over) {
            agent.open(agentValve);
            server.open(serverValve);
        }
    }

    @Override
    public void serverClosed() {
        if (over || unusable != null) {
            return;
        }
        List.copyOf(byAgent.values()).forEach(each -> each.serverClosed(false));
        drain();
    }

    /** The server sent, or asked for, what the protocol does not allow. */
    private void serverBroken(int stream, String reason) {
        Http2Exchange exchange = byServer.get(stream);
        if (exchange != null) {
            exchange.serverBroken(reason);
        } else if (stream == 0) {
            List.copyOf(byServer.values()).forEach(each -> each.serverBroken(reason));
        }
    }

    /** The agent did. */
    private void agentBroken(int stream, String reason) {
        if (!over) {
            setting.refused("", "", 400, Denials.malformed("it is no HTTP/2: " + reason), _ -> {});
        }
    }

    private void refused(int stream, int status, Decision why, String method) {
        setting.refused(
                method,
                "",
                status,
                why,
                event -> agent.refuse(stream, new Problem(status, why, Denials.CLEARLY, event), method.equals("HEAD")));
    }

    @Override
    public void end() {
        if (!over) {
            stop();
            ending.inOrder();
        }
    }

    @Override
    public void abort() {
        stop();
        ending.atOnce();
    }

    private void stop() {
        over = true;
        agent.flush();
        List.copyOf(byAgent.values()).forEach(Http2Exchange::over);
        serverPeer.close();
    }

    /** What the agent sends. */
    private final class AgentFrames extends Http2Frames {
        AgentFrames() {
            super(byAgent);
        }

        @Override
        void headers(int stream, Http2Headers headers, boolean end) {
            Http2Exchange exchange = byAgent.get(stream);
            if (exchange != null) {
                trailers(exchange, headers, end);
            } else if (!over) {
                open(stream, headers, end);
            }
        }

        private void trailers(Http2Exchange exchange, Http2Headers headers, boolean end) {
            try {
                exchange.agentTrailers(Http2Fields.of(headers), end && headers.method() == null);
            } catch (Http2Fields.Unfit unfit) {
                exchange.agentTrailers(List.of(), false);
            }
        }

        private void open(int stream, Http2Headers headers, boolean end) {
            switch (Http2Opening.of(headers, end, setting.scheme(), setting.authority())) {
                case Http2Opening.Bad(int status, String reason, String method) ->
                    refused(stream, status, Denials.malformed(reason), method);
                case Http2Opening.Request opened -> {
                    Http2Exchange exchange = new Http2Exchange(Http2.this, setting, stream, opened);
                    byAgent.put(stream, exchange);
                    exchange.begin(end);
                }
            }
        }

        @Override
        void data(Http2Exchange exchange, ByteBuf bytes, int flow, boolean end) {
            exchange.agentData(bytes, flow, end);
        }
    }

    /** What the server sends. */
    private final class ServerFrames extends Http2Frames {
        ServerFrames() {
            super(byServer);
        }

        @Override
        public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings) {
            Long most = settings.maxConcurrentStreams();
            if (!settled && most != null && most < Http2Limits.STREAMS) {
                agent.streams(most);
            }
            settled = true;
        }

        @Override
        void headers(int stream, Http2Headers headers, boolean end) throws Http2Exception {
            if (stream % 2 == 0) {
                throw Http2Exception.connectionError(Http2Error.PROTOCOL_ERROR, "a server begins no stream");
            }
            Http2Exchange exchange = byServer.get(stream);
            if (exchange != null) {
                exchange.serverHeaders(headers, end);
            }
        }

        @Override
        void data(Http2Exchange exchange, ByteBuf bytes, int flow, boolean end) {
            exchange.serverData(bytes, flow, end);
        }

        @Override
        public void onRstStreamRead(ChannelHandlerContext context, int stream, long code) {
            Http2Exchange exchange = byServer.get(stream);
            if (exchange != null) {
                exchange.serverReset(code);
            }
        }
    }

    private final class AgentStreams extends Http2ConnectionAdapter {
        @Override
        public void onStreamClosed(Http2Stream stream) {
            Http2Exchange exchange = byAgent.get(stream.id());
            if (exchange != null) {
                exchange.over();
            }
        }
    }

    private final class ServerStreams extends Http2ConnectionAdapter {
        @Override
        public void onStreamClosed(Http2Stream stream) {
            Http2Exchange exchange = byServer.get(stream.id());
            if (exchange != null) {
                exchange.serverClosed(stream.id() > lastTaken);
            }
        }

        @Override
        public void onGoAwayReceived(int last, long code, ByteBuf debug) {
            lastTaken = last;
            drain();
        }
    }
}
