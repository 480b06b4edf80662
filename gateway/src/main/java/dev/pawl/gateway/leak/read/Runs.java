package dev.pawl.gateway.leak.read;

import java.util.function.Supplier;

/**
 * Hands on the parts of a text in which something may be encoded: long runs of letters of base 64, among which are those of
 * base 32 and hexadecimal; lines joined, their ends escaped or not. Ordinary text has few. Not thread-safe.
 */
final class Runs extends Derived {
    /** Letters a run must have: what is shorter says too little. */
    static final int LEAST = 40;

    /** From so many letters on, a run is kept back until it is long enough or over. */
    private static final int TELLING = 20;

    private static final byte[] END = {' '};

    /** What stands before a run, and its letters as long as they are too few. */
    private final byte[] run = new byte[LEAST + 1];

    private int length;
    private boolean inside;
    private boolean escaped;

    Runs(Supplier<View> inner, Budget budget) {
        super(inner, budget);
    }

    @Override
    long pending() {
        return position() - (inside || length < TELLING ? 0 : length);
    }

    @Override
    void step(byte[] bytes, int from, int count) throws Unreadable {
        int at = from;
        int end = from + count;
        while (at < end) {
            at = inside ? pass(bytes, at, end) : search(bytes, at, end);
        }
    }

    /** Jumps: where the byte at the end of a run that is just long enough is no letter, no run begins before it. */
    private int search(byte[] bytes, int at, int end) throws Unreadable {
        int stop = Math.min(at + LEAST - length, end) - 1;
        for (int i = stop; i >= at; i--) {
            if (Alphabet.BASE64.value(bytes[i]) < 0) {
                length = stop - i;
                System.arraycopy(bytes, i, run, 0, length + 1);
                return stop + 1;
            }
        }
        System.arraycopy(bytes, at, run, length + 1, stop + 1 - at);
        length += stop + 1 - at;
        if (length == LEAST) {
            inside = true;
            emit(run, 0, run.length);
        }
        return stop + 1;
    }

    private int pass(byte[] bytes, int from, int end) throws Unreadable {
        int at = from;
        while (at < end && goesOn(bytes[at])) {
            at++;
        }
        emit(bytes, from, at - from);
        if (at < end) {
            over();
        }
        return at;
    }

    private boolean goesOn(byte b) {
        if (escaped) {
            escaped = false;
            return b == 'n' || b == 'r';
        }
        escaped = b == '\\';
        return escaped || b == '\n' || b == '\r' || Alphabet.BASE64.value(b) >= 0;
    }

    private void over() throws Unreadable {
        emit(END, 0, 1);
        reset();
    }

    private void reset() {
        inside = false;
        escaped = false;
        length = 0;
        run[0] = ' ';
    }

    @Override
    void end() throws Unreadable {
        if (inside) {
            over();
        }
        endOfOne();
    }

    @Override
    public void restart() {
        restartInner();
        reset();
    }
}
