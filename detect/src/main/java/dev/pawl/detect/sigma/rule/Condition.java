package dev.pawl.detect.sigma.rule;

import java.util.List;

/** A condition over searches. */
public sealed interface Condition {
    record And(List<Condition> parts) implements Condition {
        public And {
            parts = List.copyOf(parts);
        }
    }

    record Or(List<Condition> parts) implements Condition {
        public Or {
            parts = List.copyOf(parts);
        }
    }

    record Not(Condition part) implements Condition {}

    /** One search by its name. */
    record Named(String search) implements Condition {}

    /** {@code all of} or {@code 1 of} the searches named here; the pattern is resolved while reading. */
    record Of(boolean all, List<String> searches) implements Condition {
        public Of {
            searches = List.copyOf(searches);
        }
    }
}
