package dev.pawl.cli;

import dev.pawl.core.Boundary;
import dev.pawl.drill.rome.Act;
import dev.pawl.policy.engine.Rule;
import java.util.List;
import java.util.stream.Collectors;

/** The boundaries as a table for people. */
final class BoundaryTable {
    private BoundaryTable() {}

    /** Markdown, a row a boundary in their order. */
    static String render(List<Boundary> boundaries, List<Rule> rules, List<Act> acts) {
        StringBuilder table = new StringBuilder("""
                | boundary | never | because | rules | held beside the policy | row of `pawl demo` |
                |---|---|---|---|---|---|
                """);
        for (Boundary boundary : boundaries) {
            String names = rules.stream()
                    .filter(rule -> rule.forbids()
                            && rule.boundary().filter(boundary.id()::equals).isPresent())
                    .map(rule -> "`" + rule.id() + "`")
                    .collect(Collectors.joining(", "));
            String rows = acts.stream()
                    .filter(act -> act.boundary().equals(boundary.id()))
                    .map(act -> act.title() + (act.id().equals(boundary.demo()) ? " (`" + act.id() + "`)" : ""))
                    .collect(Collectors.joining("; "));
            table.append("| ")
                    .append(String.join(
                            " | ",
                            "**" + boundary.id() + "**",
                            boundary.never(),
                            boundary.because(),
                            names,
                            boundary.held(),
                            rows))
                    .append(" |\n");
        }
        return table.toString();
    }
}
