package dev.pawl.policy;

import dev.pawl.core.Budget;
import java.util.List;
import java.util.Optional;

/** Reads {@code budget}. */
final class BudgetReader {
    static final List<String> KEYS = List.of("wall", "cpu", "memory", "processes", "egress", "tmp");

    private static final long LEAST_MEMORY = 16L << 20;
    private static final long LEAST_TMP = 1L << 20;
    private static final int MOST_PROCESSES = 1_000_000;

    private BudgetReader() {}

    static Budget read(Section root) {
        Optional<Section> section = root.get("budget").flatMap(value -> value.section(KEYS));
        if (section.isEmpty()) {
            return Budget.DEFAULT;
        }
        Section budget = section.get();
        return new Budget(
                budget.get("wall").flatMap(Amounts::duration),
                budget.get("cpu").flatMap(Amounts::duration),
                budget.get("memory").flatMap(value -> Amounts.bytes(value, LEAST_MEMORY, "16MiB")),
                budget.get("processes")
                        .flatMap(value -> value.integer(1, MOST_PROCESSES))
                        .orElse(Budget.DEFAULT_PROCESSES),
                budget.get("egress").flatMap(value -> Amounts.bytes(value, 1, "1 byte")),
                budget.get("tmp")
                        .flatMap(value -> Amounts.bytes(value, LEAST_TMP, "1MiB"))
                        .orElse(Budget.DEFAULT_TMP_BYTES));
    }
}
