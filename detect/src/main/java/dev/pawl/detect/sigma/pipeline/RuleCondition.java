package dev.pawl.detect.sigma.pipeline;

import dev.pawl.detect.sigma.rule.LogSource;
import dev.pawl.detect.sigma.rule.Rule;
import java.util.List;

/** Which rules a step is for. */
public sealed interface RuleCondition {
    boolean holds(Rule rule);

    /** The rule says the same in each part that is said here. */
    record Source(LogSource source) implements RuleCondition {
        @Override
        public boolean holds(Rule rule) {
            return source.covers(rule.source());
        }
    }

    /** The rule has the tag. */
    record Tag(String tag) implements RuleCondition {
        @Override
        public boolean holds(Rule rule) {
            return rule.header().tags().contains(tag);
        }
    }

    /** All or any of others, or the opposite. No parts and {@code all} is every rule. */
    record Of(boolean all, boolean negated, List<RuleCondition> parts) implements RuleCondition {
        public Of {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean holds(Rule rule) {
            boolean holds = all
                    ? parts.stream().allMatch(part -> part.holds(rule))
                    : parts.stream().anyMatch(part -> part.holds(rule));
            return holds != negated;
        }
    }
}
