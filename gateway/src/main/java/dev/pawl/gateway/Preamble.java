package dev.pawl.gateway;

import dev.pawl.core.Protocol;

/**
 * Whether a client's first bytes begin the protocol that was granted. Looks at no more than {@value #LIMIT} bytes;
 * nothing of the server is let through before the answer is {@link Verdict#MATCH}.
 */
final class Preamble {
    /** The longest method, a space and {@code http}. */
    static final int LIMIT = 32;

    private static final int METHOD_LIMIT = 20;
    private static final int TLS_HANDSHAKE = 0x16;

    private Preamble() {}

    /** MORE: as far as it goes it matches. */
    enum Verdict {
        MATCH,
        MISMATCH,
        MORE
    }

    /** Judges the first {@code length} bytes the client sent. */
    static Verdict judge(Protocol protocol, byte[] bytes, int length) {
        return switch (protocol) {
            case TCP -> Verdict.MATCH;
            case TLS -> tls(bytes, length);
            case HTTP -> http(bytes, length);
        };
    }

    /** A record header: handshake, legacy version 3.0 to 3.4 (RFC 8446, 5.1). */
    private static Verdict tls(byte[] bytes, int length) {
        boolean match = (length < 1 || bytes[0] == TLS_HANDSHAKE)
                && (length < 2 || bytes[1] == 3)
                && (length < 3 || (bytes[2] >= 0 && bytes[2] <= 4));
        if (!match) {
            return Verdict.MISMATCH;
        }
        return length < 3 ? Verdict.MORE : Verdict.MATCH;
    }

    /**
     * A method and the start of a request target (RFC 9112, 3), which the preface of HTTP/2 is made to look like
     * (RFC 9113, 3.4). The target keeps out line protocols whose commands are upper-case words, such as SMTP.
     */
    private static Verdict http(byte[] bytes, int length) {
        int space = 0;
        while (space < length && bytes[space] != ' ') {
            byte b = bytes[space];
            if (space == METHOD_LIMIT || (!upper(b) && (b != '-' || space == 0))) {
                return Verdict.MISMATCH;
            }
            space++;
        }
        if (space == length) {
            return Verdict.MORE;
        }
        if (space < 3) {
            return Verdict.MISMATCH;
        }
        int target = space + 1;
        if (target == length) {
            return Verdict.MORE;
        }
        if (bytes[target] == '/' || bytes[target] == '*') {
            return Verdict.MATCH;
        }
        if (startsWith(bytes, 0, space, "connect") && space == 7) {
            return letterOrDigit(bytes[target]) || bytes[target] == '[' ? Verdict.MATCH : Verdict.MISMATCH;
        }
        int seen = Math.min(4, length - target);
        if (!startsWith(bytes, target, seen, "http")) {
            return Verdict.MISMATCH;
        }
        return seen < 4 ? Verdict.MORE : Verdict.MATCH;
    }

    private static boolean upper(byte b) {
        return b >= 'A' && b <= 'Z';
    }

    private static boolean letterOrDigit(byte b) {
        return upper(b) || (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9');
    }

    /** Whether the first {@code count} characters of {@code text} stand there, in any case. */
    private static boolean startsWith(byte[] bytes, int from, int count, String text) {
        for (int i = 0; i < count && i < text.length(); i++) {
            if ((bytes[from + i] | 0x20) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
