package dev.pawl.gateway.identify;

import java.nio.charset.StandardCharsets;

/**
 * A view of bytes, most often the beginning of one direction. Positions are asked for within {@link #length} only; what
 * may lie beyond is asked with {@link #starts} and {@link #agrees}.
 */
final class Bytes {
    static final Bytes NONE = new Bytes(new byte[0], 0, 0);

    private final byte[] array;
    private final int from;
    private final int length;

    Bytes(byte[] array, int from, int length) {
        this.array = array;
        this.from = from;
        this.length = length;
    }

    int length() {
        return length;
    }

    boolean isEmpty() {
        return length == 0;
    }

    /** The byte there, 0 to 255. */
    int at(int index) {
        if (index < 0 || index >= length) {
            throw new IndexOutOfBoundsException(index + " of " + length);
        }
        return array[from + index] & 0xff;
    }

    int u16(int index) {
        return at(index) << 8 | at(index + 1);
    }

    int u24(int index) {
        return at(index) << 16 | u16(index + 1);
    }

    long u32(int index) {
        return (long) u16(index) << 16 | u16(index + 2);
    }

    /** Four bytes, the lowest first. */
    long le32(int index) {
        return at(index) | at(index + 1) << 8 | at(index + 2) << 16 | (long) at(index + 3) << 24;
    }

    /** Whether all of the text, in Latin-1, stands at the beginning. */
    boolean starts(String text) {
        return is(0, text);
    }

    /** Whether all of the text stands there. */
    boolean is(int index, String text) {
        return length - index >= text.length() && agrees(index, text);
    }

    /** Whether the text stands at the beginning, as far as there are bytes. */
    boolean agrees(String text) {
        return agrees(0, text);
    }

    /** Whether the text stands there, as far as there are bytes. */
    boolean agrees(int index, String text) {
        int count = Math.min(text.length(), length - index);
        for (int i = 0; i < count; i++) {
            if (at(index + i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether all of the text, given in lower case, stands there in any case. */
    boolean isAnyCase(int index, String text) {
        if (length - index < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.toLowerCase((char) at(index + i)) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Where the byte first stands from there on, or -1. */
    int indexOf(int value, int start) {
        for (int i = Math.max(0, start); i < length; i++) {
            if (at(i) == value) {
                return i;
            }
        }
        return -1;
    }

    /** What comes from there on; nothing if that is beyond the end. */
    Bytes from(int start) {
        return start >= length ? NONE : new Bytes(array, from + start, length - start);
    }

    /** What stands between, both within the bounds. */
    Bytes part(int start, int end) {
        return new Bytes(array, from + start, end - start);
    }

    /** As Latin-1. */
    String text(int start, int end) {
        return new String(array, from + start, end - start, StandardCharsets.ISO_8859_1);
    }

    /** Whether all is visible ASCII or a space. */
    boolean printable(int start, int end) {
        for (int i = start; i < end; i++) {
            if (at(i) < 0x20 || at(i) > 0x7e) {
                return false;
            }
        }
        return true;
    }

    /** How many different bytes there are. */
    int distinct() {
        boolean[] there = new boolean[256];
        int count = 0;
        for (int i = 0; i < length; i++) {
            count += there[at(i)] ? 0 : 1;
            there[at(i)] = true;
        }
        return count;
    }

    void copyTo(byte[] target, int at) {
        System.arraycopy(array, from, target, at, length);
    }
}
