package dev.pawl.gateway.leak.read;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Finds runs of base 64 (either alphabet, lines joined, their ends escaped or not) and hands on what they say. Not
 * thread-safe.
 */
final class Base64Text extends Derived {
    /** Letters a run must have: what is shorter says too little. */
    static final int LEAST = 40;

    /** From so many letters on, a run is kept back until it is long enough or over. */
    private static final int TELLING = 20;

    private static final byte[] VALUE = values();
    private static final byte NONE = -1;

    private final byte[] run = new byte[LEAST];
    private int length;
    private byte before;
    private boolean decoding;
    private boolean escaped;
    private int group;
    private int letters;
    private final byte[] out = new byte[1024];
    private int ready;

    Base64Text(Supplier<View> inner, Budget budget) {
        super(inner, budget);
    }

    @Override
    long pending() {
        return position() - (decoding || length < TELLING ? 0 : length);
    }

    @Override
    void step(byte[] bytes, int from, int count) throws Unreadable {
        int at = from;
        int end = from + count;
        while (at < end) {
            at = decoding ? decode(bytes, at, end) : search(bytes, at, end);
        }
        flush();
    }

    /** Jumps: where the byte at the end of a run that is just long enough is no letter, no run begins before it. */
    private int search(byte[] bytes, int at, int end) throws Unreadable {
        int last = at + LEAST - length - 1;
        int stop = Math.min(last, end - 1);
        for (int i = stop; i >= at; i--) {
            if (VALUE[bytes[i] & 0xff] < 0) {
                length = stop - i;
                before = bytes[i];
                System.arraycopy(bytes, i + 1, run, 0, length);
                return stop + 1;
            }
        }
        int taken = stop + 1 - at;
        System.arraycopy(bytes, at, run, length, taken);
        length += taken;
        if (length == LEAST) {
            decoding = true;
            length = 0;
            for (int i = escape(); i < LEAST; i++) {
                letter(VALUE[run[i] & 0xff]);
            }
        }
        return stop + 1;
    }

    /** Letters at the beginning of the run that end an escape: the n of {@code \n}, the 22 of {@code %22}. */
    private int escape() {
        if (before == '%') {
            return 2;
        }
        return before == '\\' && (run[0] == 'n' || run[0] == 'r' || run[0] == 't') ? 1 : 0;
    }

    private int decode(byte[] bytes, int from, int end) throws Unreadable {
        for (int i = from; i < end; i++) {
            byte b = bytes[i];
            byte value = VALUE[b & 0xff];
            if (escaped) {
                escaped = false;
                if (b != 'n' && b != 'r') {
                    over();
                    return i;
                }
            } else if (value >= 0) {
                letter(value);
            } else if (b == '\\') {
                escaped = true;
            } else if (b != '\n' && b != '\r') {
                over();
                return i;
            }
        }
        return end;
    }

    private void letter(byte value) throws Unreadable {
        group = group << 6 | value;
        letters++;
        if (letters == 4) {
            put(3);
        }
    }

    /** Writes the first bytes of a group, which has as many as its letters say. */
    private void put(int bytes) throws Unreadable {
        if (ready > out.length - 3) {
            flush();
        }
        int full = group << (6 * (4 - letters));
        for (int i = 0; i < bytes; i++) {
            out[ready++] = (byte) (full >>> (16 - 8 * i));
        }
        group = 0;
        letters = 0;
    }

    private void flush() throws Unreadable {
        emit(out, 0, ready);
        ready = 0;
    }

    private void over() throws Unreadable {
        if (letters > 1) {
            put(letters - 1);
        }
        flush();
        endOfOne();
        reset();
    }

    private void reset() {
        before = 0;
        decoding = false;
        escaped = false;
        length = 0;
        letters = 0;
        group = 0;
        ready = 0;
    }

    @Override
    void end() throws Unreadable {
        if (decoding) {
            over();
        }
    }

    @Override
    public void restart() {
        reset();
    }

    private static byte[] values() {
        byte[] values = new byte[256];
        Arrays.fill(values, NONE);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = (byte) i;
        }
        values['-'] = 62;
        values['_'] = 63;
        return values;
    }
}
