package dev.pawl.policy;

import dev.pawl.core.Budget;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads {@code budget}, within an organisation's limits. */
final class BudgetReader {
    static final List<String> KEYS = List.of("wall", "cpu", "memory", "processes", "egress", "tmp", "model");

    private static final long LEAST_MEMORY = 16L << 20;
    private static final long LEAST_TMP = 1L << 20;
    private static final int MOST_PROCESSES = 1_000_000;

    private final Organization organization;

    BudgetReader(Organization organization) {
        this.organization = organization;
    }

    Budget read(Section root) {
        Limits limits = organization.limits();
        Optional<Section> budget = root.get("budget").flatMap(value -> value.section(KEYS));
        Optional<Duration> wall = amount(budget, "wall", Amounts::duration, limits.wall(), Amounts::text);
        Optional<Duration> cpu = amount(budget, "cpu", Amounts::duration, limits.cpu(), Amounts::text);
        Optional<Long> memory = amount(budget, "memory", BudgetReader::memory, limits.memoryBytes(), Amounts::text);
        Optional<Integer> processes = amount(
                budget,
                "processes",
                BudgetReader::processes,
                limits.processes().filter(most -> named(budget, "processes") || most < Budget.DEFAULT_PROCESSES),
                String::valueOf);
        Optional<Long> egress = amount(budget, "egress", BudgetReader::egress, limits.egressBytes(), Amounts::text);
        Optional<Long> tmp = amount(
                budget,
                "tmp",
                BudgetReader::tmp,
                limits.tmpBytes().filter(most -> named(budget, "tmp") || most < Budget.DEFAULT_TMP_BYTES),
                Amounts::text);
        return new Budget(
                wall,
                cpu,
                memory,
                processes.orElse(Budget.DEFAULT_PROCESSES),
                egress,
                tmp.orElse(Budget.DEFAULT_TMP_BYTES),
                ModelLimitReader.charter(budget.flatMap(section -> section.get("model")), organization));
    }

    /** What a charter without a budget may use. */
    Budget unnamed() {
        Limits limits = organization.limits();
        return new Budget(
                limits.wall(),
                limits.cpu(),
                limits.memoryBytes(),
                Math.min(Budget.DEFAULT_PROCESSES, limits.processes().orElse(Budget.DEFAULT_PROCESSES)),
                limits.egressBytes(),
                Math.min(Budget.DEFAULT_TMP_BYTES, limits.tmpBytes().orElse(Budget.DEFAULT_TMP_BYTES)),
                limits.model().agent());
    }

    static Optional<Long> memory(Value value) {
        return Amounts.bytes(value, LEAST_MEMORY, "16MiB");
    }

    static Optional<Integer> processes(Value value) {
        return value.integer(1, MOST_PROCESSES);
    }

    static Optional<Long> egress(Value value) {
        return Amounts.bytes(value, 1, "1 byte");
    }

    static Optional<Long> tmp(Value value) {
        return Amounts.bytes(value, LEAST_TMP, "1MiB");
    }

    /** What the charter names, which may be at most the limit; the limit where it names nothing. */
    private <T extends Comparable<T>> Optional<T> amount(
            Optional<Section> budget,
            String key,
            Function<Value, Optional<T>> reader,
            Optional<T> limit,
            Function<T, String> text) {
        Optional<Value> value = budget.flatMap(section -> section.get(key));
        Optional<T> named = value.flatMap(reader);
        if (named.isEmpty() || limit.isEmpty()) {
            return named.or(() -> limit);
        }
        if (named.get().compareTo(limit.get()) > 0) {
            value.orElseThrow()
                    .problem("is " + text.apply(named.get()) + "; " + organization.called() + " allows at most "
                            + text.apply(limit.get()));
        }
        return named;
    }

    private static boolean named(Optional<Section> budget, String key) {
        return budget.flatMap(section -> section.get(key)).isPresent();
    }
}
