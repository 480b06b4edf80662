package dev.pawl.gateway.leak.read;

import java.util.function.Supplier;

/**
 * Finds runs of letters that stand for bytes (lines joined, their ends escaped or not) and hands on what they say. Not
 * thread-safe.
 */
final class EncodedText extends Derived {
    /** Letters a run must have: two fewer than what is looked for, since the end of an escape may stand before it. */
    private static final int LEAST = Runs.LEAST - 2;

    private final Alphabet alphabet;
    private final int shift;
    private final int most;
    private final byte[] run = new byte[LEAST];
    private int length;
    private byte before;
    private boolean decoding;
    private boolean escaped;
    private int taken;
    private int value;
    private int bits;
    private final byte[] out = new byte[1024];
    private int ready;

    /**
     * @param shift letters at the beginning of a run that are left out: something that looks like one of them may stand before
     *     what was encoded
     * @param most letters of a run that are read
     */
    EncodedText(Alphabet alphabet, int shift, int most, Supplier<View> inner, Budget budget) {
        super(inner, budget);
        this.alphabet = alphabet;
        this.shift = shift;
        this.most = most;
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
        int stop = Math.min(at + LEAST - length, end) - 1;
        for (int i = stop; i >= at; i--) {
            if (alphabet.value(bytes[i]) < 0) {
                length = stop - i;
                before = bytes[i];
                System.arraycopy(bytes, i + 1, run, 0, length);
                return stop + 1;
            }
        }
        System.arraycopy(bytes, at, run, length, stop + 1 - at);
        length += stop + 1 - at;
        if (length == LEAST) {
            decoding = true;
            length = 0;
            for (int i = escape() + shift; i < LEAST; i++) {
                letter(alphabet.value(run[i]));
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
            int letter = alphabet.value(b);
            if (escaped) {
                escaped = false;
                if (b != 'n' && b != 'r') {
                    over();
                    return i;
                }
            } else if (letter >= 0) {
                letter(letter);
            } else if (b == '\\') {
                escaped = true;
            } else if (b != '\n' && b != '\r') {
                over();
                return i;
            }
        }
        return end;
    }

    private void letter(int letter) throws Unreadable {
        if (taken++ >= most) {
            return;
        }
        value = value << alphabet.bits() | letter;
        bits += alphabet.bits();
        if (bits >= 8) {
            bits -= 8;
            if (ready == out.length) {
                flush();
            }
            out[ready++] = (byte) (value >>> bits);
        }
    }

    private void flush() throws Unreadable {
        emit(out, 0, ready);
        ready = 0;
    }

    private void over() throws Unreadable {
        flush();
        endOfOne();
        reset();
    }

    private void reset() {
        before = 0;
        decoding = false;
        escaped = false;
        length = 0;
        taken = 0;
        value = 0;
        bits = 0;
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
}
