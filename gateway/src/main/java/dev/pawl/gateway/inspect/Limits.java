package dev.pawl.gateway.inspect;

import java.time.Duration;

/**
 * What one inspected connection may cost, whatever the agent or the server sends.
 *
 * @param head how long a request's head may take from its first byte, and the agent's TLS handshake from its first
 * @param handshake how long the server may take for its TLS handshake
 * @param farewell how long a refused agent may take to read its answer and close
 */
record Limits(Duration head, Duration handshake, Duration farewell) {
    static final Limits USUAL = new Limits(Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(5));

    /** Bytes of one head, of one trailer section, and of one header list of HTTP/2. */
    static final int HEAD_BYTES = 65_536;

    static final int FIELDS = 256;
    static final int METHOD = 32;
    /** Characters of a request target; what is longer is answered with 414. */
    static final int TARGET = 16_384;
    /** Interim answers (1xx) to one request. */
    static final int INTERIM = 64;
    /** Bytes of the line that begins a chunk, extensions included. */
    static final int CHUNK_LINE = 256;
    /** Bytes of a refused request that are read and thrown away to keep its connection usable. */
    static final int DRAIN = 1 << 20;
    /** Bytes thrown away after a last answer. */
    static final long FAREWELL = 1L << 30;
    /** Bytes of a TLS client hello; RFC 8446 leaves room for more, nobody sends it. */
    static final int HELLO = 65_536;

    /** Streams of HTTP/2 one connection may have open. */
    static final int STREAMS = 256;
    /** Window of one stream and of one connection of HTTP/2: what may lie in memory because the other side does not read. */
    static final int STREAM_WINDOW = 512 << 10;

    static final int CONNECTION_WINDOW = 1 << 20;
    /** Streams a peer may reset within {@link #RESET_SECONDS} before its connection ends (CVE-2023-44487). */
    static final int RESETS = 400;

    static final int RESET_SECONDS = 30;
    /** Answers to PING, SETTINGS and resets that may wait to be read (CVE-2019-9512, 9514, 9515). */
    static final int CONTROL_FRAMES = 1_000;
    /** Empty DATA frames in a row (CVE-2019-9518). */
    static final int EMPTY_FRAMES = 16;
    /** Small CONTINUATION frames in a row (CVE-2024-27316). */
    static final int CONTINUATIONS = 16;
}
