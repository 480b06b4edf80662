package dev.pawl.detect.sigma.engine;

import java.util.List;

/**
 * The triggers that may stand in the values of one field: its own and those of keywords. Immutable, thread-safe.
 *
 * @param wide for texts of four characters and more
 * @param narrow for shorter ones
 * @param mask the groups of rules that ask for any of them
 */
record FieldIndex(GramTable wide, GramTable narrow, long mask) {
    static FieldIndex of(List<Trigger> all, List<Integer> chosen, long mask) {
        return new FieldIndex(GramTable.of(all, chosen, 4, Integer.MAX_VALUE), GramTable.of(all, chosen, 2, 3), mask);
    }
}
