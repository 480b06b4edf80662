package dev.pawl.detect.sigma.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The triggers of each gram of a field, in a hash table without objects. A bit set says no to nearly everything that is not there.
 * Immutable, thread-safe.
 */
final class GramTable {
    private static final long SPREAD = 0x9E3779B97F4A7C15L;
    private static final long FIELD = 0xD6E8FEB86659FD93L;

    private final int filterShift;
    private final long[] filter;
    private final int slotShift;
    private final long[] keys;
    private final int[] first;
    private final int[] triggers;
    private final int[] reaches;

    /**
     * @param grams of each trigger, by its number
     * @param fields of each trigger
     */
    GramTable(List<Gram> grams, int[] fields) {
        Map<Long, List<Integer>> byKey = new LinkedHashMap<>();
        for (int trigger = 0; trigger < grams.size(); trigger++) {
            byKey.computeIfAbsent(key(grams.get(trigger).text(), fields[trigger]), key -> new ArrayList<>(1))
                    .add(trigger);
        }
        int log = 32 - Integer.numberOfLeadingZeros(byKey.size());
        this.filterShift = 64 - Math.max(10, log + 4);
        this.filter = new long[1 << (58 - filterShift)];
        this.slotShift = 64 - (log + 1);
        this.keys = new long[1 << (log + 1)];
        this.first = new int[keys.length];
        // Entry 0 is an empty list, so that a slot of 0 means an empty slot; a negative trigger ends a list.
        this.triggers = new int[grams.size() + byKey.size() + 1];
        this.reaches = new int[triggers.length];
        triggers[0] = -1;
        fill(byKey, grams);
    }

    private void fill(Map<Long, List<Integer>> byKey, List<Gram> grams) {
        int next = 1;
        for (Map.Entry<Long, List<Integer>> gram : byKey.entrySet()) {
            long key = gram.getKey();
            long hash = key * SPREAD;
            filter[(int) (hash >>> filterShift) >>> 6] |= 1L << (hash >>> filterShift);
            int slot = (int) (hash >>> slotShift);
            while (first[slot] != 0) {
                slot = (slot + 1) & (keys.length - 1);
            }
            keys[slot] = key;
            first[slot] = next;
            for (int trigger : gram.getValue()) {
                triggers[next] = trigger;
                reaches[next++] = grams.get(trigger).reach();
            }
            triggers[next++] = -1;
        }
    }

    /** Different grams of different fields may have one key; whoever looks up compares. */
    private static long key(long text, int field) {
        return text ^ field * FIELD;
    }

    /** The first entry for a gram of a field, 0 for none. Entries follow each other until one without a trigger. */
    int find(long text, int field) {
        long key = key(text, field);
        long hash = key * SPREAD;
        long bit = hash >>> filterShift;
        return (filter[(int) bit >>> 6] & 1L << bit) == 0 ? 0 : lookUp(key, (int) (hash >>> slotShift));
    }

    private int lookUp(long key, int start) {
        int slot = start;
        while (first[slot] != 0) {
            if (keys[slot] == key) {
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

    /** How far before the last character of the gram the trigger begins. */
    int reach(int entry) {
        return reaches[entry];
    }
}
