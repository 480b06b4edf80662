package dev.pawl.detect.sigma.engine;

import dev.pawl.detect.sigma.logic.Fold;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Says of each place in a value whether some gram may end there, by one load from a table that stays in the nearest cache.
 *
 * <p>Characters are classes first: upper and lower case are one class, and what no gram holds is class 0. Grams are sorted
 * into ten sets. A pair of classes has three bits for each set: whether one of its grams has the pair as its first, its
 * second, its third. Where three pairs in a row have the bits of one set, a gram of that set may end: perhaps none does,
 * but none is missed. Grams of three characters and of two have sets of their own, with the bits they do not ask for set
 * in every pair. This is shift-and (Baeza-Yates and Gonnet, "A new approach to text searching", 1992) over pairs.
 *
 * <p>Immutable, thread-safe.
 */
final class PairFilter {
    private static final int SETS = 21;
    private static final int FOURS = 19;
    private static final long OF_THREE = 1L << FOURS;
    private static final long OF_TWO = 1L << (FOURS + 1);
    private static final long OF_FOUR = OF_THREE - 1;
    private static final long FIRST = (1L << SETS) - 1;
    private static final int LAST = 2 * SETS;

    /** What a pair lets through whatever it is. */
    private static final long ANY = OF_THREE | OF_TWO | (OF_TWO << SETS);

    private static final int CLASS_BITS = 6;
    private static final int CLASSES = 1 << CLASS_BITS;
    private static final int ASCII = 128;

    /** Classes of ASCII, then those of the two marks and of all else. */
    private final byte[] classes = new byte[ASCII + 3];

    private final long[] pairs = new long[CLASSES * CLASSES];

    PairFilter(List<Gram> grams) {
        number(grams);
        Arrays.fill(pairs, ANY);
        long[] fours = grams.stream()
                .filter(gram -> gram.width() == 4)
                .mapToLong(Gram::text)
                .sorted()
                .distinct()
                .toArray();
        for (int i = 0; i < fours.length; i++) {
            // Neighbours begin alike, so few sets have a gram that begins with a given pair.
            long set = 1L << (int) ((long) i * FOURS / fours.length);
            mark(fours[i] >>> 32, set);
            mark(fours[i] >>> 16, set << SETS);
            mark(fours[i], set << LAST);
        }
        for (Gram gram : grams) {
            if (gram.width() == 3) {
                mark(gram.text() >>> 16, OF_THREE << SETS);
                mark(gram.text(), OF_THREE << LAST);
            } else if (gram.width() == 2) {
                mark(gram.text(), OF_TWO << LAST);
            }
        }
    }

    /** Numbers the characters of all grams, the most frequent first; the last number is shared if there are too many. */
    private void number(List<Gram> grams) {
        int[] counts = new int[classes.length];
        for (Gram gram : grams) {
            for (int i = 0; i < gram.width(); i++) {
                counts[index((char) (gram.text() >>> (16 * i)))]++;
            }
        }
        int[] frequent = IntStream.range(0, counts.length)
                .filter(at -> counts[at] > 0)
                .boxed()
                .sorted(Comparator.comparingInt(at -> -counts[at]))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int i = 0; i < frequent.length; i++) {
            classes[frequent[i]] = (byte) Math.min(i + 1, CLASSES - 1);
        }
        for (char c = 'A'; c <= 'Z'; c++) {
            classes[c] = classes[Fold.fold(c)];
        }
    }

    private static int index(char folded) {
        return folded < ASCII
                ? folded
                : switch (folded) {
                    case Trigger.START -> ASCII;
                    case Trigger.END -> ASCII + 1;
                    default -> ASCII + 2;
                };
    }

    private void mark(long pair, long bits) {
        pairs[classOf((char) (pair >>> 16)) << CLASS_BITS | classOf((char) pair)] |= bits;
    }

    /** The class of a character as it stands in a value. */
    int classOf(char c) {
        return c < ASCII ? classes[c] : classes[index(Fold.fold(c))];
    }

    /**
     * Writes where grams may end, as {@link #end} and {@link #mayEnd} read it, and gives how many places there are.
     *
     * @param places at least {@code length} long
     */
    int places(char[] value, int length, long[] places) {
        byte[] ascii = classes;
        long[] table = pairs;
        long state = ANY;
        int found = 0;
        int before = classOf(value[0]);
        for (int i = 1; i < length; i++) {
            char c = value[i];
            int here = c < ASCII ? ascii[c] : classOf(c);
            state = ((state << SETS) | FIRST) & table[(before << CLASS_BITS) | here];
            before = here;
            if (state >>> LAST != 0) {
                places[found++] = ((long) i << SETS) | (state >>> LAST);
            }
        }
        return found;
    }

    static int end(long place) {
        return (int) (place >>> SETS);
    }

    /** Whether a gram of so many characters may end at the place. */
    static boolean mayEnd(long place, int width) {
        return (place & (width == 4 ? OF_FOUR : width == 3 ? OF_THREE : OF_TWO)) != 0;
    }
}
