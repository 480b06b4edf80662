package dev.pawl.gateway.leak.read;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Undoes escapes nobody needs: letters written as JSON's {@code \}{@code u0061} or a URL's {@code %61}, a program's {@code \x61}, and texts of two bytes a
 * letter. Sleeps until the first such escape, then hands everything on with all escapes undone. Not thread-safe.
 */
final class Unescaped extends Derived {
    /** Bytes before the first escape that are handed on too. */
    private static final int BEFORE = 64;

    private static final int OUT = 1024;

    private static final boolean[] TELLS = new boolean[256];

    static {
        TELLS['%'] = true;
        TELLS['\\'] = true;
        TELLS[0] = true;
    }

    private final boolean always;
    /** Grows to what comes at once; most texts are short and have no escapes. */
    private byte[] recent = new byte[0];

    private int kept;
    private boolean awake;
    private byte[] out = new byte[0];
    private int ready;
    /** An escape as far as it is known. */
    private final byte[] escape = new byte[6];

    private int length;

    /** {@code always}: from the beginning, since the input is known to be escaped. */
    Unescaped(boolean always, Supplier<View> inner, Budget budget) {
        super(inner, budget);
        this.always = always;
        awake = always;
    }

    @Override
    void step(byte[] bytes, int from, int count) throws Unreadable {
        int at = from;
        if (!awake) {
            if (kept + count > recent.length) {
                recent = Arrays.copyOf(recent, Math.min(BEFORE + STEP, Math.max(2 * recent.length, kept + count)));
            }
            System.arraycopy(bytes, from, recent, kept, count);
            at = asleep(count);
            if (!awake) {
                return;
            }
            at = from + at - kept;
        }
        for (int i = at; i < from + count; i++) {
            next(bytes[i]);
        }
        flush();
    }

    /** Looks at what is kept and what is new; returns behind the escape that wakes, which is handed on with what stands before. */
    private int asleep(int count) throws Unreadable {
        int end = kept + count;
        for (int i = Math.max(0, kept - 5); i < end; i++) {
            int behind = TELLS[recent[i] & 0xff] ? needless(i, end) : 0;
            if (behind > kept) {
                awake = true;
                for (int k = Math.max(0, behind - BEFORE); k < behind; k++) {
                    next(recent[k]);
                }
                return behind;
            }
        }
        int keep = Math.min(end, BEFORE);
        System.arraycopy(recent, end - keep, recent, 0, keep);
        kept = keep;
        return end;
    }

    /** Behind an escape that begins there and is of what need not be escaped; 0 if there is none. */
    private int needless(int at, int end) {
        if (recent[at] == 0) {
            boolean wide = at >= 3 && recent[at - 2] == 0 && letter(recent[at - 1]) && letter(recent[at - 3]);
            return wide ? at + 1 : 0;
        }
        int digits = at + 1 < end ? digits(at, end) : end;
        if (digits + 2 > end) {
            return 0;
        }
        int high = hex(recent[digits]);
        int low = hex(recent[digits + 1]);
        return high >= 0 && low >= 0 && letter((byte) (high << 4 | low)) ? digits + 2 : 0;
    }

    /** Where the two digits of an escape stand; the end if it is none, or not yet. */
    private int digits(int at, int end) {
        if (recent[at] == '%') {
            return at + 1;
        }
        if (recent[at + 1] == 'x') {
            return at + 2;
        }
        boolean json = at + 3 < end && recent[at + 1] == 'u' && recent[at + 2] == '0' && recent[at + 3] == '0';
        return json ? at + 4 : end;
    }

    private void next(byte b) throws Unreadable {
        if (length == 0 && b != '\\' && b != '%') {
            put(b);
            return;
        }
        escape[length++] = b;
        if (length == 1) {
            return;
        }
        if (escape[0] == '%') {
            percent(b);
        } else {
            backslash(b);
        }
    }

    private void percent(byte b) throws Unreadable {
        if (hex(b) < 0) {
            asItIs();
        } else if (length == 3) {
            length = 0;
            put((byte) (hex(escape[1]) << 4 | hex(b)));
        }
    }

    private void backslash(byte b) throws Unreadable {
        if (length == 2) {
            switch (b) {
                case 'n', 'r', 't', 'b', 'f' -> one((byte) (b == 'n' ? '\n' : b == 'r' ? '\r' : ' '));
                case 'u', 'x' -> {}
                default -> one(b);
            }
        } else if (hex(b) < 0) {
            asItIs();
        } else if (escape[1] == 'x' && length == 4) {
            one((byte) (hex(escape[2]) << 4 | hex(b)));
        } else if (length == 6) {
            int high = hex(escape[2]) << 4 | hex(escape[3]);
            int low = hex(escape[4]) << 4 | hex(b);
            length = 0;
            if (high != 0) {
                put((byte) high);
            }
            put((byte) low);
        }
    }

    private void one(byte b) throws Unreadable {
        length = 0;
        put(b);
    }

    /** No escape after all: its first byte stands for itself, and the rest is looked at anew. */
    private void asItIs() throws Unreadable {
        byte[] rest = Arrays.copyOfRange(escape, 1, length);
        length = 0;
        put(escape[0]);
        for (byte b : rest) {
            next(b);
        }
    }

    private void put(byte b) throws Unreadable {
        if (b == 0) {
            return;
        }
        if (ready == out.length) {
            flush();
            out = out.length == 0 ? new byte[OUT] : out;
        }
        out[ready++] = b;
    }

    private void flush() throws Unreadable {
        emit(out, 0, ready);
        ready = 0;
    }

    @Override
    void end() throws Unreadable {
        while (length > 0) {
            asItIs();
        }
        flush();
        endOfOne();
    }

    @Override
    public void restart() {
        awake = always;
        kept = 0;
        length = 0;
        ready = 0;
    }

    private static int hex(byte b) {
        return Character.digit(b, 16);
    }

    private static boolean letter(byte b) {
        return (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '-' || b == '_';
    }
}
