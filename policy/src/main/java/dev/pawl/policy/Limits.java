package dev.pawl.policy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The most that a charter may ask for. Empty means no limit.
 *
 * @param wall time since start
 * @param cpu processor time of all processes together
 * @param memoryBytes memory of all processes together
 * @param processes processes and threads alive at once
 * @param egressBytes bytes sent to the outside
 * @param tmpBytes size of the private /tmp and of the private home, each
 * @param model what may be used of models
 * @param hosts names or {@code *.suffix}: the only hosts that may be granted
 */
public record Limits(
        Optional<Duration> wall,
        Optional<Duration> cpu,
        Optional<Long> memoryBytes,
        Optional<Integer> processes,
        Optional<Long> egressBytes,
        Optional<Long> tmpBytes,
        ModelLimits model,
        Optional<List<String>> hosts) {
    /** No limit at all. */
    public static final Limits NONE = new Limits(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            ModelLimits.NONE,
            Optional.empty());

    public Limits {
        hosts = hosts.map(List::copyOf);
    }

    /** Without limits on models. */
    public Limits(
            Optional<Duration> wall,
            Optional<Duration> cpu,
            Optional<Long> memoryBytes,
            Optional<Integer> processes,
            Optional<Long> egressBytes,
            Optional<Long> tmpBytes,
            Optional<List<String>> hosts) {
        this(wall, cpu, memoryBytes, processes, egressBytes, tmpBytes, ModelLimits.NONE, hosts);
    }
}
