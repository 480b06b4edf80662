package dev.pawl.gateway.leak.scan;

import java.util.Arrays;

/** The rolling hash over the letters and digits of one stream. Not thread-safe. */
final class Pieces {
    private static final int SIZE = MarkedFiles.PIECE;
    private static final long FACTOR = 0x5851F42D4C957F2DL;
    private static final long LEAVING = power();
    private static final byte[] LETTER = letters();

    private final byte[] ring = new byte[SIZE];
    private long hash;
    private int at;
    private long seen;
    private boolean escaped;

    /** Told of each piece that is complete. */
    interface Taker {
        void piece(long hash, int index);
    }

    void restart() {
        Arrays.fill(ring, (byte) 0);
        hash = 0;
        at = 0;
        seen = 0;
        escaped = false;
    }

    /** Goes on with these bytes; {@code index} is where a piece's last letter stands. */
    void each(byte[] bytes, int from, int to, Taker taker) {
        for (int i = from; i < to; i++) {
            byte letter = LETTER[bytes[i] & 0xff];
            if (letter == 0 || escaped) {
                // Of an escape such as \n, the letter is none of the text's.
                escaped = !escaped && bytes[i] == '\\';
                continue;
            }
            hash = hash * FACTOR + letter - ring[at] * LEAVING;
            ring[at] = letter;
            at = (at + 1) & (SIZE - 1);
            if (++seen >= SIZE) {
                taker.piece(hash, i);
            }
        }
    }

    /** Whether the piece has that many different letters: a line of zeros is in many files. */
    boolean varied(int least) {
        boolean[] has = new boolean[128];
        int count = 0;
        for (byte letter : ring) {
            count += has[letter] ? 0 : 1;
            has[letter] = true;
        }
        return count >= least;
    }

    private static long power() {
        long power = 1;
        for (int i = 0; i < SIZE; i++) {
            power *= FACTOR;
        }
        return power;
    }

    private static byte[] letters() {
        byte[] letters = new byte[256];
        for (int b = 0; b < 128; b++) {
            if (Character.isLetterOrDigit(b)) {
                letters[b] = (byte) Character.toLowerCase(b);
            }
        }
        return letters;
    }
}
