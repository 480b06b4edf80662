package dev.pawl.gateway.leak.scan;

import java.util.Arrays;

/** A text that is known, found by its first bytes. Immutable. */
final class LiteralCheck implements Check {
    /** Bytes of a literal that serve as its anchor: few, so that the table stays small. */
    static final int ANCHOR = 8;

    private final byte[] whole;

    /** {@code whole} includes the anchor. */
    LiteralCheck(byte[] whole) {
        this.whole = whole.clone();
    }

    byte[] anchor() {
        return Arrays.copyOf(whole, Math.min(ANCHOR, whole.length));
    }

    @Override
    public int judge(Window window, int start, int after) {
        int known = Math.min(window.end - start, whole.length);
        if (!Arrays.equals(window.bytes, start, start + known, whole, 0, known)) {
            return NO;
        }
        if (known == whole.length) {
            return known;
        }
        return window.open(window.end) ? Check.more(whole.length) : NO;
    }
}
