package dev.pawl.gateway.leak.scan;

/** How little a text repeats itself: a random one hardly does, a word or a placeholder does. */
final class Entropy {
    private static final int WORD = 5;
    private static final int ROW = 6;

    private Entropy() {}

    /** Shannon's, in bits a byte: 0 for one letter again and again, at most log2 of the length. */
    static double of(byte[] bytes, int from, int length) {
        int[] counts = new int[256];
        for (int i = from; i < from + length; i++) {
            counts[bytes[i] & 0xff]++;
        }
        double sum = 0;
        for (int count : counts) {
            if (count > 0) {
                double share = (double) count / length;
                sum -= share * Math.log(share);
            }
        }
        return sum / Math.log(2);
    }

    /**
     * Whether it looks drawn at random from an alphabet of that many letters: it nearly has the entropy that is possible at
     * its length, is not made of words and does not count.
     */
    static boolean random(byte[] bytes, int from, int length, int alphabet) {
        double most = Math.log(Math.min(length, alphabet)) / Math.log(2);
        return of(bytes, from, length) >= 0.82 * most - 0.1
                && 3 * inWords(bytes, from, length, WORD) <= 2 * length
                && !counts(bytes, from, length);
    }

    /** Letters of words of that many at least: small ones behind any letter, or capitals behind capitals. */
    static int inWords(byte[] bytes, int from, int length, int least) {
        int sum = 0;
        int row = 0;
        boolean capitals = false;
        for (int i = from; i < from + length; i++) {
            boolean lower = Chars.LOWER.has(bytes[i]);
            boolean upper = Chars.UPPER.has(bytes[i]);
            boolean goesOn = (lower && (row == 1 || (row > 1 && !capitals))) || (upper && row > 0 && capitals);
            row = goesOn ? row + 1 : lower || upper ? 1 : 0;
            capitals = upper;
            sum += row == least ? least : row > least ? 1 : 0;
        }
        return sum;
    }

    /** Whether {@value #ROW} bytes in a row are the same, or each the next of the one before: xxxxxx, 123456, fedcba. */
    private static boolean counts(byte[] bytes, int from, int length) {
        int row = 1;
        int step = 0;
        for (int i = from + 1; i < from + length; i++) {
            int now = bytes[i] - bytes[i - 1];
            row = Math.abs(now) > 1 ? 1 : row > 1 && now == step ? row + 1 : 2;
            step = now;
            if (row == ROW) {
                return true;
            }
        }
        return false;
    }
}
