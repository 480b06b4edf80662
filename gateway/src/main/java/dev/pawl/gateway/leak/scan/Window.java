package dev.pawl.gateway.leak.scan;

/**
 * The part of a stream that checks may look at: some of what went before, and what is known of what follows. Indexes are
 * those of {@code bytes}. Not thread-safe.
 */
final class Window {
    /** What {@link #at} says of a place whose byte is not known, or that is past the end. */
    static final int NOTHING = -1;

    byte[] bytes = new byte[1024];
    int end;
    /** Position in the stream of the first byte held. */
    long base;
    /** Whether nothing follows {@link #end}. */
    boolean last;

    /** The byte, 0 to 255, or {@link #NOTHING}. */
    int at(int index) {
        return index >= 0 && index < end ? bytes[index] & 0xff : NOTHING;
    }

    /** Whether more bytes could change what {@link #at} says of this place. */
    boolean open(int index) {
        return index >= end && !last;
    }

    boolean is(int index, Chars set) {
        return index >= 0 && index < end && set.has(bytes[index]);
    }

    /** How many bytes from an index on are of the set, at most {@code most}. */
    int run(int from, int most, Chars set) {
        int limit = Math.min(end, from + most);
        int i = from;
        while (i < limit && set.has(bytes[i])) {
            i++;
        }
        return i - from;
    }

    boolean has(int from, String text) {
        if (from < 0 || from + text.length() > end) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if ((bytes[from + i] & 0xff) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** As ISO 8859-1. */
    String text(int from, int length) {
        return new String(bytes, from, length, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    /**
     * Whether a word may begin here: what stands before is no part of one, or is an escape of JSON ({@code \n}) or of a
     * URL ({@code %20}).
     */
    boolean begins(int index) {
        if (!is(index - 1, Chars.WORD)) {
            return true;
        }
        int before = at(index - 1);
        if (at(index - 2) == '\\' && (before == 'n' || before == 'r' || before == 't')) {
            return true;
        }
        if (is(index - 1, Chars.HEX) && is(index - 2, Chars.HEX)) {
            return at(index - 3) == '%' || has(index - 6, "\\u00");
        }
        return false;
    }
}
