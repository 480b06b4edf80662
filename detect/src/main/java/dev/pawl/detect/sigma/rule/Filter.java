package dev.pawl.detect.sigma.rule;

import java.util.List;

/**
 * A refinement of other rules.
 *
 * @param rules ids or names of the rules it is for; empty means any rule of the log source
 */
public record Filter(Header header, LogSource source, List<String> rules, Detection detection) implements Document {
    public Filter {
        rules = List.copyOf(rules);
    }

    /** Whether this filter is for that rule. */
    public boolean isFor(Rule rule) {
        return covers(rule.source()) && (rules.isEmpty() || rules.stream().anyMatch(rule.header()::isCalled));
    }

    private boolean covers(LogSource other) {
        return source.covers(other);
    }
}
