package dev.pawl.gateway.leak.read;

import java.util.function.Supplier;

/**
 * Undoes escapes nobody needs: letters written as JSON's {@code \}{@code u0061} or a URL's {@code %61}, and texts of two bytes a
 * letter. Sleeps until the first such escape, then hands everything on with all escapes undone. Not thread-safe.
 */
final class Unescaped extends Derived {
    /** Bytes before the first escape that are handed on too. */
    private static final int BEFORE = 64;

    private final boolean always;
    private final byte[] recent = new byte[BEFORE];
    private int kept;
    private boolean awake;
    private final byte[] out = new byte[1024];
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
        for (int i = from; i < from + count; i++) {
            byte b = bytes[i];
            if (awake) {
                next(b);
            } else {
                recent[kept++ & (BEFORE - 1)] = b;
                if (needless(b)) {
                    wake();
                }
            }
        }
        flush();
    }

    /** Whether the last bytes are an escape of what need not be escaped. */
    private boolean needless(byte b) {
        if (b == 0) {
            return kept > 3 && back(2) == 0 && letter(back(1)) && letter(back(3));
        }
        if (hex(b) < 0 || kept < 3) {
            return false;
        }
        int high = hex(back(1));
        boolean url = back(2) == '%';
        boolean json = kept >= 6 && back(2) == '0' && back(3) == '0' && back(4) == 'u' && back(5) == '\\';
        return high >= 0 && (url || json) && letter((byte) (high << 4 | hex(b)));
    }

    private byte back(int steps) {
        return recent[(kept - 1 - steps) & (BEFORE - 1)];
    }

    private void wake() throws Unreadable {
        awake = true;
        int known = Math.min(kept, BEFORE);
        for (int i = known - 1; i >= 0; i--) {
            next(back(i));
        }
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
                case 'u' -> {}
                default -> one(b);
            }
        } else if (hex(b) < 0) {
            asItIs();
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
        byte[] rest = java.util.Arrays.copyOfRange(escape, 1, length);
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
