package dev.pawl.gateway.leak.read;

import java.util.Arrays;

/** Letters that stand for a few bits each. Immutable. */
final class Alphabet {
    /** Both of RFC 4648, which differ in two letters. */
    static final Alphabet BASE64 =
            new Alphabet(6, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", "-_", 62);

    static final Alphabet BASE32 = new Alphabet(5, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "", 0);
    static final Alphabet HEX = new Alphabet(4, "0123456789abcdef", "ABCDEF", 10);

    private final int bits;
    private final byte[] values = new byte[256];

    /** {@code others} stand for the same as letters from {@code first} on. */
    private Alphabet(int bits, String letters, String others, int first) {
        this.bits = bits;
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < letters.length(); i++) {
            values[letters.charAt(i)] = (byte) i;
        }
        for (int i = 0; i < others.length(); i++) {
            values[others.charAt(i)] = (byte) (first + i);
        }
    }

    int bits() {
        return bits;
    }

    /** What it stands for, or -1. */
    int value(byte letter) {
        return values[letter & 0xff];
    }
}
