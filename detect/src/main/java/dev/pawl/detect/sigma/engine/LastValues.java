package dev.pawl.detect.sigma.engine;

import org.jspecify.annotations.Nullable;

/**
 * What was found in the values of the event before, by their position. The events of a run have most of their values in
 * common: who, where, on whose behalf. Such a value is compared, not read again. Not thread-safe.
 */
final class LastValues {
    /** Values and positions beyond these are read each time, so that little is kept. */
    private static final int LONGEST = 1_024;

    private static final int POSITIONS = 64;

    private final Scanner scanner;
    private final @Nullable String[] values = new @Nullable String[POSITIONS];
    private final int[] fields = new int[POSITIONS];
    private final long[] masks = new long[POSITIONS];
    private final int[][] found = new int[POSITIONS][0];

    LastValues(Scanner scanner) {
        this.scanner = scanner;
    }

    /** As {@link Scanner#scan} of the value at this position of an event. */
    int[] scan(int position, String value, int field, long groups) {
        if (position >= POSITIONS || value.length() > LONGEST) {
            return scanner.scan(value, field, groups);
        }
        if (fields[position] != field || masks[position] != groups || !value.equals(values[position])) {
            found[position] = scanner.scan(value, field, groups);
            values[position] = value;
            fields[position] = field;
            masks[position] = groups;
        }
        return found[position];
    }
}
