package dev.pawl.detect.sigma.engine;

import dev.pawl.detect.sigma.logic.Fold;
import java.util.Arrays;

/** Finds the atoms whose triggers stand in a value. Not thread-safe. */
final class Scanner {
    private final Engine engine;
    private final Marks seen;
    private char[] buffer = new char[512];
    private long[] places = new long[512];
    private int length;
    private int field;
    private long mask;
    private int[] found = new int[16];
    private int count;

    Scanner(Engine engine) {
        this.engine = engine;
        this.seen = new Marks(engine.checks.length);
    }

    /**
     * The atoms triggered by a value, each once.
     *
     * @param inField negative if no rule names the field
     * @param groups the groups whose rules are asked
     */
    int[] scan(String value, int inField, long groups) {
        seen.clear();
        count = 0;
        field = inField;
        mask = groups;
        copy(value);
        int most = engine.filter.places(buffer, length, places);
        for (int i = 0; i < most; i++) {
            look(places[i]);
        }
        return Arrays.copyOf(found, count);
    }

    /** Puts the value into the buffer with its marks around it. */
    private void copy(String value) {
        length = value.length() + 2;
        if (buffer.length < length) {
            buffer = new char[Math.max(length, buffer.length * 2)];
            places = new long[buffer.length];
        }
        value.getChars(0, value.length(), buffer, 1);
        buffer[0] = Trigger.START;
        buffer[length - 1] = Trigger.END;
    }

    /** Looks up the grams that may end at a place, and compares the triggers they are part of. */
    private void look(long place) {
        int end = PairFilter.end(place);
        long gram = Fold.fold(buffer[end]);
        for (int width = 2; width <= Gram.WIDEST && width <= end + 1; width++) {
            gram |= (long) Fold.fold(buffer[end - width + 1]) << (16 * (width - 1));
            if (PairFilter.mayEnd(place, width)) {
                compare(engine.grams.find(gram, field), end, field);
                compare(engine.grams.find(gram, Atoms.EVERYWHERE), end, Atoms.EVERYWHERE);
            }
        }
    }

    private void compare(int first, int end, int wanted) {
        GramTable grams = engine.grams;
        for (int entry = first; grams.trigger(entry) >= 0; entry++) {
            int number = grams.trigger(entry);
            if (engine.triggerField[number] == wanted && (engine.triggerMask[number] & mask) != 0) {
                Trigger trigger = engine.triggers[number];
                if (!seen.has(trigger.atom()) && trigger.standsAt(buffer, length, end - grams.reach(entry))) {
                    add(trigger.atom());
                }
            }
        }
    }

    private void add(int atom) {
        seen.add(atom);
        if (count == found.length) {
            found = Arrays.copyOf(found, count * 2);
        }
        found[count++] = atom;
    }
}
