package dev.pawl.cli.mcp;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a stream into lines, handing each on where it lies. Keeps one line of at most so many bytes; a longer one is passed
 * over. For one thread.
 */
final class Lines {
    private static final int FIRST = 1 << 16;

    private final InputStream in;
    private final int most;
    private byte[] buffer = new byte[FIRST];
    private int from;
    private int end;
    private boolean losing;

    /** Takes what was read. */
    interface To {
        /** A line without its line feed; the bytes are the reader's again afterwards. */
        void line(byte[] bytes, int from, int to);

        /** A line that was longer than any may be. */
        void tooLong();
    }

    Lines(InputStream in, int most) {
        this.in = in;
        this.most = most;
    }

    /** Hands lines on until the stream ends. What follows the last line feed is no line: it may be half of one. */
    void read(To to) throws IOException {
        int seen = 0;
        for (int got = in.read(buffer, end, room()); got >= 0; got = in.read(buffer, end, room())) {
            end += got;
            int at = from + seen;
            for (; at < end; at++) {
                if (buffer[at] == '\n') {
                    hand(at, to);
                    from = at + 1;
                }
            }
            if (from == end) {
                from = 0;
                end = 0;
            }
            if (end - from > most) {
                losing = true;
                from = 0;
                end = 0;
            }
            seen = end - from;
        }
    }

    private void hand(int at, To to) {
        if (losing) {
            losing = false;
            to.tooLong();
        } else if (at > from && !(at == from + 1 && buffer[from] == '\r')) {
            to.line(buffer, from, at);
        }
    }

    /** Room for at least one byte more. */
    private int room() {
        if (end == buffer.length) {
            if (from > 0) {
                System.arraycopy(buffer, from, buffer, 0, end - from);
                end -= from;
                from = 0;
            } else {
                buffer = Arrays.copyOf(buffer, (int) Math.min(buffer.length * 2L, most + (long) FIRST));
            }
        }
        return buffer.length - end;
    }
}
