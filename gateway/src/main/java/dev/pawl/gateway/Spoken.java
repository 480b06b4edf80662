package dev.pawl.gateway;

import dev.pawl.core.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Which version of HTTP a client's first bytes begin, if any. */
enum Spoken {
    HTTP_1,
    HTTP_2,
    OTHER,
    /** As far as it goes it may be HTTP. */
    MORE;

    /** The preface of HTTP/2 up to where no request of HTTP/1.1 goes (RFC 9113, 3.4). */
    private static final byte[] PREFACE = "PRI * HTTP/2".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] HEAD = "HEAD ".getBytes(StandardCharsets.US_ASCII);

    /** Judges the first {@code length} bytes, of which {@value Preamble#LIMIT} are always enough. */
    static Spoken of(byte[] bytes, int length) {
        int common = Math.min(length, PREFACE.length);
        if (Arrays.equals(bytes, 0, common, PREFACE, 0, common)) {
            return common == PREFACE.length ? HTTP_2 : MORE;
        }
        return switch (Preamble.judge(Protocol.HTTP, bytes, length)) {
            case MATCH -> HTTP_1;
            case MISMATCH -> OTHER;
            case MORE -> MORE;
        };
    }

    /** Whether the answer to this request has no body. */
    static boolean isHead(byte[] bytes, int length) {
        return length >= HEAD.length && Arrays.equals(bytes, 0, HEAD.length, HEAD, 0, HEAD.length);
    }
}
