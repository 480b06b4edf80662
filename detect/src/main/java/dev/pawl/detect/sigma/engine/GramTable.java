package dev.pawl.detect.sigma.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds which triggers may stand where, by a fixed number of characters of each. A bit set says no to nearly every
 * place; what is left is looked up exactly. Immutable, thread-safe.
 */
final class GramTable {
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final int filterShift;
    private final long[] filter;
    private final int slotShift;
    private final long[] keys;
    private final int[] first;
    private final int[] triggers;
    private final int[] offsets;

    private GramTable(Map<Long, List<int[]>> grams) {
        int bits = Math.max(10, 36 - Integer.numberOfLeadingZeros(Math.max(1, grams.size())));
        this.filterShift = 64 - bits;
        this.filter = new long[1 << (bits - 6)];
        int slotBits = 34 - Integer.numberOfLeadingZeros(Math.max(1, grams.size()));
        this.slotShift = 64 - slotBits;
        this.keys = new long[1 << slotBits];
        this.first = new int[(1 << slotBits) + 1];
        int entries = grams.values().stream().mapToInt(List::size).sum();
        // Entry 0 is nobody, so that a slot of 0 means an empty slot; a negative trigger ends a list.
        this.triggers = new int[entries + grams.size() + 1];
        this.offsets = new int[triggers.length];
        fill(grams);
    }

    private void fill(Map<Long, List<int[]>> grams) {
        int next = 1;
        for (Map.Entry<Long, List<int[]>> gram : grams.entrySet()) {
            long key = gram.getKey();
            long hash = key * SPREAD;
            filter[(int) (hash >>> filterShift) >>> 6] |= 1L << (hash >>> filterShift);
            int slot = (int) (hash >>> slotShift);
            while (first[slot] != 0) {
                slot = (slot + 1) & (keys.length - 1);
            }
            keys[slot] = key;
            first[slot] = next;
            for (int[] entry : gram.getValue()) {
                triggers[next] = entry[0];
                offsets[next++] = entry[1];
            }
            triggers[next++] = -1;
        }
    }

    /** Builds the table of the chosen triggers that have at least {@code width} and at most {@code longest} characters. */
    static GramTable of(List<Trigger> all, List<Integer> chosen, int width, int longest) {
        Map<Long, Integer> common = new HashMap<>();
        List<Integer> fitting =
                chosen.stream().filter(t -> fits(all.get(t), width, longest)).toList();
        for (int t : fitting) {
            for (int i = 0; i + width <= all.get(t).length(); i++) {
                common.merge(key(all.get(t), i, width), 1, Integer::sum);
            }
        }
        Map<Long, List<int[]>> grams = new HashMap<>();
        for (int t : fitting) {
            int offset = rarest(all.get(t), width, common);
            grams.computeIfAbsent(key(all.get(t), offset, width), k -> new ArrayList<>(1))
                    .add(new int[] {t, offset});
        }
        return new GramTable(grams);
    }

    private static boolean fits(Trigger trigger, int width, int longest) {
        return trigger.length() >= width && trigger.length() <= longest;
    }

    /** Where the characters begin that fewest others share. Marks stand once in a value, so they count as rarer. */
    private static int rarest(Trigger text, int width, Map<Long, Integer> common) {
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i + width <= text.length(); i++) {
            boolean marked = (i == 0 && text.atStart()) || (i + width == text.length() && text.atEnd());
            int shared = common.getOrDefault(key(text, i, width), 0) * (marked ? 1 : 3);
            if (shared < least) {
                least = shared;
                best = i;
            }
        }
        return best;
    }

    private static long key(Trigger text, int from, int width) {
        long key = 0;
        for (int i = from; i < from + width; i++) {
            key = key << 16 | text.at(i);
        }
        return key;
    }

    boolean isEmpty() {
        return triggers.length == 1;
    }

    /** The first entry for these characters, 0 for none. Entries follow each other until one without a trigger. */
    int find(long window) {
        long hash = window * SPREAD;
        long bit = hash >>> filterShift;
        return (filter[(int) bit >>> 6] & 1L << bit) == 0 ? 0 : lookUp(window, (int) (hash >>> slotShift));
    }

    private int lookUp(long window, int start) {
        int slot = start;
        while (first[slot] != 0) {
            if (keys[slot] == window) {
                return first[slot];
            }
            slot = (slot + 1) & (keys.length - 1);
        }
        return 0;
    }

    /** The trigger of an entry, negative past the last. */
    int trigger(int entry) {
        return triggers[entry];
    }

    /** How far into its trigger the characters of an entry begin. */
    int offset(int entry) {
        return offsets[entry];
    }
}
