package dev.pawl.detect.sigma.engine;

import java.util.Arrays;

/** A set of numbers that is emptied in no time: a number is in it if it bears the present count. Not thread-safe. */
final class Marks {
    private final int[] counts;
    private int count = 1;

    Marks(int size) {
        this.counts = new int[size];
    }

    void clear() {
        if (++count == Integer.MAX_VALUE) {
            Arrays.fill(counts, 0);
            count = 1;
        }
    }

    boolean has(int number) {
        return counts[number] == count;
    }

    /** Whether the number was not in it yet. */
    boolean add(int number) {
        if (counts[number] == count) {
            return false;
        }
        counts[number] = count;
        return true;
    }
}
