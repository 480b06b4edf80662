package dev.pawl.gateway.leak.scan;

/** A set of ASCII characters, asked with bytes. Immutable. */
final class Chars {
    static final Chars DIGITS = ranges("09");
    static final Chars LOWER = ranges("az");
    static final Chars UPPER = ranges("AZ");
    static final Chars LETTERS = ranges("azAZ");
    static final Chars BASE62 = ranges("azAZ09");
    static final Chars BASE64 = ranges("azAZ09").and("+/");
    /** Both alphabets of RFC 4648 at once. */
    static final Chars WORD = ranges("azAZ09").and("_-");

    static final Chars WORD_OR_DOT = ranges("azAZ09").and("_-.");
    static final Chars HEX = ranges("afAF09");
    static final Chars LOWER_HEX = ranges("af09");
    static final Chars BASE32 = ranges("AZ27");

    private final boolean[] in;

    private Chars(boolean[] in) {
        this.in = in;
    }

    /** Pairs of first and last. */
    static Chars ranges(String pairs) {
        boolean[] in = new boolean[256];
        for (int i = 0; i < pairs.length(); i += 2) {
            for (char c = pairs.charAt(i); c <= pairs.charAt(i + 1); c++) {
                in[c] = true;
            }
        }
        return new Chars(in);
    }

    Chars and(String more) {
        return changed(more, true);
    }

    Chars without(String less) {
        return changed(less, false);
    }

    private Chars changed(String which, boolean value) {
        boolean[] changed = in.clone();
        which.chars().forEach(c -> changed[c] = value);
        return new Chars(changed);
    }

    boolean has(byte b) {
        return in[b & 0xff];
    }
}
