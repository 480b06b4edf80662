package dev.pawl.policy;

import java.util.List;
import java.util.Optional;

/** Reads {@code limits} of an organisation file, with the ranges a charter's budget has. */
final class LimitsReader {
    static final List<String> KEYS = List.of("wall", "cpu", "memory", "processes", "egress", "tmp", "model", "hosts");

    private static final int LONGEST_NAME = 300;

    private LimitsReader() {}

    static Limits read(Section root) {
        Optional<Section> section = root.get("limits").flatMap(value -> value.section(KEYS));
        if (section.isEmpty()) {
            return Limits.NONE;
        }
        Section limits = section.get();
        return new Limits(
                limits.get("wall").flatMap(Amounts::duration),
                limits.get("cpu").flatMap(Amounts::duration),
                limits.get("memory").flatMap(BudgetReader::memory),
                limits.get("processes").flatMap(BudgetReader::processes),
                limits.get("egress").flatMap(BudgetReader::egress),
                limits.get("tmp").flatMap(BudgetReader::tmp),
                limits.get("model").map(ModelLimitReader::organization).orElse(ModelLimits.NONE),
                limits.get("hosts").map(_ -> limits.texts("hosts", LONGEST_NAME, HostNames::pattern)));
    }
}
