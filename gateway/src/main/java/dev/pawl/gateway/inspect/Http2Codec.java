package dev.pawl.gateway.inspect;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2Settings;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Frames, compression of fields, flow control and the stream states of RFC 9113 for one end of a connection, with the limits
 * that keep a peer from costing more than its share.
 */
final class Http2Codec extends Http2ConnectionHandler {
    /** Hears what was wrong with what the peer sent. */
    interface Broken {
        /** {@code stream} is 0 where the connection is at its end by it. */
        void broken(int stream, String reason);
    }

    /** Fields whose values are kept out of the table that compresses later ones (RFC 7541, 7.1.3). */
    private static final Set<String> SECRET =
            Set.of("authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "api-key");

    /** Held, or its level is lost. What a peer breaks is on record; the terminal belongs to whoever started the run. */
    private static final Logger NETTY = Logger.getLogger("io.netty.handler.codec.http2");

    static {
        NETTY.setLevel(Level.SEVERE);
    }

    private final Broken broken;

    private Http2Codec(
            Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings, Broken broken) {
        super(decoder, encoder, settings, true);
        this.broken = broken;
    }

    /** For the side of the agent. */
    static Http2Codec agent(Http2FrameListener frames, Broken broken) {
        return new Builder(broken).of(true, Http2Limits.agent(), frames);
    }

    /** For the side of the server. */
    static Http2Codec server(Http2FrameListener frames, Broken broken) {
        return new Builder(broken).of(false, Http2Limits.server(), frames);
    }

    @Override
    protected void onStreamError(
            ChannelHandlerContext context, boolean outbound, Throwable cause, Http2Exception.StreamException failed) {
        if (!outbound) {
            broken.broken(failed.streamId(), String.valueOf(failed.getMessage()));
        }
        super.onStreamError(context, outbound, cause, failed);
    }

    @Override
    protected void onConnectionError(
            ChannelHandlerContext context, boolean outbound, Throwable cause, Http2Exception failed) {
        if (!outbound) {
            broken.broken(0, String.valueOf(cause.getMessage()));
        }
        super.onConnectionError(context, outbound, cause, failed);
    }

    private static final class Builder extends AbstractHttp2ConnectionHandlerBuilder<Http2Codec, Builder> {
        private final Broken broken;

        Builder(Broken broken) {
            this.broken = broken;
        }

        Http2Codec of(boolean server, Http2Settings settings, Http2FrameListener frames) {
            server(server);
            initialSettings(settings);
            frameListener(frames);
            gracefulShutdownTimeoutMillis(0);
            decoderEnforceMaxRstFramesPerWindow(Http2Limits.RESETS, Http2Limits.RESET_SECONDS);
            encoderEnforceMaxRstFramesPerWindow(Http2Limits.RESETS, Http2Limits.RESET_SECONDS);
            encoderEnforceMaxConcurrentStreams(!server);
            headerSensitivityDetector((name, _) -> SECRET.contains(name.toString()));
            return build();
        }

        @Override
        protected Http2Codec build(
                Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
            return new Http2Codec(decoder, encoder, settings, broken);
        }
    }
}
