package dev.pawl.gateway.identify;

import java.util.Locale;

/**
 * The body of one request (RFC 9112, 6), as far as its end has to be found, with an ear for mining where it begins as JSON.
 * Bodies that are compressed are passed over.
 */
final class HttpBody {
    private enum State {
        SIZED,
        CHUNK_SIZE,
        CHUNK_EXTENSION,
        CHUNK,
        CHUNK_END,
        /** Fields after the last chunk, up to an empty line. */
        TRAILER,
        OVER
    }

    private final StratumEar ear = StratumEar.ofValues();
    private State state;
    private long left;
    private int digits;
    private int trailing;
    private boolean begun;
    private boolean json;

    HttpBody(HttpHead head) {
        String coding = head.all("transfer-encoding").toLowerCase(Locale.ROOT);
        String length = head.only("content-length");
        if (coding.contains("chunked")) {
            state = State.CHUNK_SIZE;
        } else {
            left = length != null && length.length() <= 18 && length.matches("[0-9]+") ? Long.parseLong(length) : 0;
            state = left > 0 ? State.SIZED : State.OVER;
        }
        begun = head.has("content-encoding");
    }

    boolean over() {
        return state == State.OVER;
    }

    StratumEar ear() {
        return ear;
    }

    /** Takes the bytes from there on that are its own, and says where they end. */
    int hear(Bytes bytes, int from) {
        int at = from;
        while (at < bytes.length() && state != State.OVER) {
            if (state == State.SIZED && begun && !json) {
                int skipped = (int) Math.min(left, bytes.length() - at);
                left -= skipped;
                at += skipped;
                state = left == 0 ? State.OVER : State.SIZED;
            } else {
                accept(bytes.at(at++));
            }
        }
        return at;
    }

    private void accept(int b) {
        switch (state) {
            case SIZED, CHUNK -> {
                content(b);
                left--;
                if (left == 0) {
                    state = state == State.SIZED ? State.OVER : State.CHUNK_END;
                }
            }
            case CHUNK_SIZE -> size(b);
            case CHUNK_EXTENSION -> {
                if (b == '\n') {
                    state = left == 0 ? State.TRAILER : State.CHUNK;
                }
            }
            case TRAILER -> {
                if (b == '\n') {
                    state = trailing == 0 ? State.OVER : state;
                    trailing = 0;
                } else if (b != '\r') {
                    trailing++;
                }
            }
            case CHUNK_END -> state = b == '\n' ? State.CHUNK_SIZE : state;
            case OVER -> {}
        }
    }

    private void size(int b) {
        int digit = b < 0x80 ? Character.digit(b, 16) : -1;
        if (digit >= 0 && digits < 15) {
            left = (digits == 0 ? 0 : left << 4) | digit;
            digits++;
        } else {
            state = digits == 0 || digit >= 0 ? State.OVER : State.CHUNK_EXTENSION;
            digits = 0;
            if (state == State.CHUNK_EXTENSION) {
                accept(b);
            }
        }
    }

    private void content(int b) {
        if (!begun && b > ' ') {
            begun = true;
            json = b == '{' || b == '[' || b == 0xef;
        }
        if (json) {
            ear.accept(b);
        }
    }
}
