package dev.pawl.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Limits of one run, and of what its agent uses of models. Empty means no limit, but for processes, which always has one.
 *
 * @param wall time since start
 * @param cpu processor time of all processes together
 * @param memoryBytes memory of all processes together
 * @param processes processes and threads alive at once
 * @param egressBytes bytes sent to the outside
 * @param tmpBytes size of the private /tmp and of the private home, each
 * @param model what the run may use of models, and, by the hour, day and month, all runs of the agent together
 */
public record Budget(
        Optional<Duration> wall,
        Optional<Duration> cpu,
        Optional<Long> memoryBytes,
        int processes,
        Optional<Long> egressBytes,
        long tmpBytes,
        List<ModelLimit> model) {
    /** The limit on processes and threads when a charter names none. */
    public static final int DEFAULT_PROCESSES = 4096;

    /** The size of /tmp and home when a charter names none: 2 GiB. */
    public static final long DEFAULT_TMP_BYTES = 2L << 30;

    /** No limit but the defaults. */
    public static final Budget DEFAULT = new Budget(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            DEFAULT_PROCESSES,
            Optional.empty(),
            DEFAULT_TMP_BYTES);

    public Budget {
        model = List.copyOf(model);
    }

    /** Without limits on models. */
    public Budget(
            Optional<Duration> wall,
            Optional<Duration> cpu,
            Optional<Long> memoryBytes,
            int processes,
            Optional<Long> egressBytes,
            long tmpBytes) {
        this(wall, cpu, memoryBytes, processes, egressBytes, tmpBytes, List.of());
    }

    /** The same with other limits on models. */
    public Budget withModel(List<ModelLimit> limits) {
        return new Budget(wall, cpu, memoryBytes, processes, egressBytes, tmpBytes, limits);
    }
}
