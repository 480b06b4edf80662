package dev.pawl.gateway.leak.scan;

/**
 * A token whose prefix says who issued it: the anchor, then a run of certain characters.
 *
 * @param set what the run is made of
 * @param least bytes of the run
 * @param most bytes of the run; one that is longer is none
 * @param bounded whether it must begin where a word may begin and end where its set ends. Without that the first
 *     {@code most} bytes are looked at, whatever surrounds them
 * @param more what else must hold
 */
record TokenCheck(Chars set, int least, int most, boolean bounded, Extra more) implements Check {
    /** A condition on the run behind an anchor. */
    @FunctionalInterface
    interface Extra {
        boolean test(Window window, int from, int length);
    }

    static final Extra RANDOM = (window, from, length) -> Entropy.random(window.bytes, from, length, 62);

    static final Extra RANDOM_HEX = (window, from, length) -> Entropy.random(window.bytes, from, length, 16);

    /** Digits for the most part. */
    static final Extra VARIED = (window, from, length) -> Entropy.of(window.bytes, from, length) > 3;

    static TokenCheck exactly(Chars set, int length) {
        return new TokenCheck(set, length, length, true, RANDOM);
    }

    static TokenCheck between(Chars set, int least, int most) {
        return new TokenCheck(set, least, most, true, RANDOM);
    }

    TokenCheck where(Extra other) {
        return new TokenCheck(set, least, most, bounded, other);
    }

    @Override
    public int judge(Window window, int start, int after) {
        if (bounded && !window.begins(start)) {
            return NO;
        }
        int most = bounded ? this.most + 1 : this.most;
        int length = window.run(after, most, set);
        if (length < most && window.open(after + length)) {
            return Check.more(after - start + length + Math.max(32, length));
        }
        if (length < least || length > this.most || !more.test(window, after, length)) {
            return NO;
        }
        return after - start + length;
    }
}
