package dev.pawl.gateway.identify;

/** Whether first bytes begin a request of HTTP/1 or the preface of HTTP/2. */
public enum HttpOpening {
    HTTP_1,
    HTTP_2,
    OTHER,
    /** As far as it goes it may be HTTP. */
    MORE;

    /** Bytes that are always enough: the longest method, spaces and the beginning of a target. */
    public static final int LIMIT = 48;

    private static final int METHOD_LIMIT = 20;
    /** Lenient servers take several spaces for one. */
    private static final int SPACES_LIMIT = 20;

    /** The preface up to where no request of HTTP/1.1 goes (RFC 9113, 3.4). */
    private static final String PREFACE = "PRI * HTTP/2";

    /** Judges the first {@code length} bytes a client sent. */
    public static HttpOpening of(byte[] bytes, int length) {
        return of(new Bytes(bytes, 0, length));
    }

    static HttpOpening of(Bytes bytes) {
        if (bytes.agrees(PREFACE)) {
            return bytes.length() < PREFACE.length() ? MORE : HTTP_2;
        }
        return request(bytes);
    }

    /** Whether the answer to this request has no body. */
    public static boolean isHead(byte[] bytes, int length) {
        return new Bytes(bytes, 0, length).starts("HEAD ");
    }

    /**
     * A method and the start of a request target (RFC 9112, 3). The target keeps out line protocols whose commands are
     * upper-case words, such as SMTP, and those whose targets are other schemes, such as RTSP and SIP.
     */
    private static HttpOpening request(Bytes bytes) {
        int space = 0;
        while (space < bytes.length() && bytes.at(space) != ' ') {
            int b = bytes.at(space);
            if (space == METHOD_LIMIT || (!upper(b) && ((b != '-' && b != '_') || space == 0))) {
                return OTHER;
            }
            space++;
        }
        int target = space + 1;
        while (target < bytes.length() && target - space < SPACES_LIMIT && bytes.at(target) == ' ') {
            target++;
        }
        if (target >= bytes.length()) {
            return space == bytes.length() || space >= 3 ? MORE : OTHER;
        }
        if (space < 3) {
            return OTHER;
        }
        int b = bytes.at(target);
        if (b == '/' || b == '*') {
            return HTTP_1;
        }
        if (bytes.starts("CONNECT ")) {
            return letterOrDigit(b) || b == '[' ? HTTP_1 : OTHER;
        }
        return scheme(bytes, target);
    }

    private static HttpOpening scheme(Bytes bytes, int target) {
        int seen = Math.min(4, bytes.length() - target);
        return bytes.isAnyCase(target, "http".substring(0, seen)) ? (seen < 4 ? MORE : HTTP_1) : OTHER;
    }

    private static boolean upper(int b) {
        return b >= 'A' && b <= 'Z';
    }

    private static boolean letterOrDigit(int b) {
        return upper(b) || (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9');
    }
}
