package dev.pawl.gateway.inspect;

import io.netty.handler.codec.http2.Http2Settings;

/** What one inspected connection of HTTP/2 may cost, beyond what {@link Limits} says of every request. */
final class Http2Limits {
    /** Requests of one connection at a time. */
    static final int STREAMS = 256;
    /** Bytes that an agent may send on one connection before they went on or were thrown away. */
    static final int AGENT_WINDOW = 1 << 20;
    /** The same of a server, on one stream and on the connection. */
    static final int SERVER_STREAM_WINDOW = 1 << 20;

    static final int SERVER_WINDOW = 4 << 20;
    /** Streams that either side may reset, or make the other reset, in {@link #RESET_SECONDS}. */
    static final int RESETS = 500;

    static final int RESET_SECONDS = 10;

    private Http2Limits() {}

    /** What the agent is told. */
    static Http2Settings agent() {
        return new Http2Settings().maxConcurrentStreams(STREAMS).maxHeaderListSize(Limits.HEAD_BYTES);
    }

    /** What the server is told. */
    static Http2Settings server() {
        return new Http2Settings()
                .pushEnabled(false)
                .initialWindowSize(SERVER_STREAM_WINDOW)
                .maxHeaderListSize(Limits.HEAD_BYTES);
    }
}
