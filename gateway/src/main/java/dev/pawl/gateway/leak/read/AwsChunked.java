package dev.pawl.gateway.leak.read;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * What an upload to S3 holds between its lines: chunks behind their lengths, each perhaps with a signature, then trailers
 * ({@code Content-Encoding: aws-chunked}). Chunks are one text; so are trailers. Not thread-safe.
 */
final class AwsChunked extends Derived {
    private static final int LINE = 4096;

    private final byte[] line = new byte[LINE];
    private int length;
    /** Bytes of the chunk that are to come, and of the end of its line. */
    private long rest;

    private int end;
    private boolean trailers;

    AwsChunked(Supplier<View> inner, Budget budget) {
        super(inner, budget);
    }

    @Override
    void step(byte[] bytes, int from, int count) throws Unreadable {
        int at = from;
        int to = from + count;
        while (at < to) {
            if (rest > 0) {
                int some = (int) Math.min(rest, to - at);
                emit(bytes, at, some);
                rest -= some;
                at += some;
            } else if (end > 0) {
                require(bytes[at++] == (end == 2 ? '\r' : '\n'));
                end--;
            } else {
                line(bytes[at++]);
            }
        }
    }

    private void line(byte b) throws Unreadable {
        require(length < LINE);
        line[length++] = b;
        if (length < 2 || line[length - 2] != '\r' || b != '\n') {
            return;
        }
        if (trailers) {
            emit(line, 0, length);
        } else {
            begin();
        }
        length = 0;
    }

    /** Behind the length may stand a signature; whatever it is, it is sent as well. */
    private void begin() throws Unreadable {
        int digits = 0;
        for (; digits < length && Character.digit(line[digits], 16) >= 0; digits++) {
            require(digits < 8);
            rest = rest * 16 + Character.digit(line[digits], 16);
        }
        boolean signed = new String(line, digits, length - digits - 2, StandardCharsets.ISO_8859_1)
                .matches("(;chunk-signature=[0-9a-f]{64})?");
        require(digits > 0 && signed);
        end = rest == 0 ? 0 : 2;
        if (rest == 0) {
            endOfOne();
            trailers = true;
        }
    }

    private static void require(boolean right) throws Unreadable {
        if (!right) {
            throw new Unreadable("The body is not in chunks as its coding says.");
        }
    }

    @Override
    void end() throws Unreadable {
        finishInner();
        require(trailers && length == 0);
    }

    @Override
    public void restart() {
        throw new IllegalStateException("a body in chunks is one");
    }
}
