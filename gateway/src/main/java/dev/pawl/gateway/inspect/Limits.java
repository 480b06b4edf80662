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

    /** Bytes of one head, and of one trailer section. */
    static final int HEAD_BYTES = 65_536;

    static final int FIELDS = 256;
    static final int METHOD = 32;
    /** Characters of a request target; what is longer is answered with 414. */
    static final int TARGET = 16_384;
    /** Interim answers (1xx) to one request. */
    static final int INTERIM = 64;
    /** Bytes of the line that begins a chunk, extensions included. */
    static final int CHUNK_LINE = 256;
    /** Bytes thrown away after a last answer. */
    static final long FAREWELL = 1L << 30;
}
