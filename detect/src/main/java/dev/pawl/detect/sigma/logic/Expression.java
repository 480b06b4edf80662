package dev.pawl.detect.sigma.logic;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition over one event. A search used twice is one object in two places. */
public sealed interface Expression {
    /** Every part holds. */
    record All(List<Expression> parts) implements Expression {
        public All {
            parts = List.copyOf(parts);
        }
    }

    /** At least one part holds. */
    record Any(List<Expression> parts) implements Expression {
        public Any {
            parts = List.copyOf(parts);
        }
    }

    /** The part does not hold. */
    record Not(Expression part) implements Expression {}

    /** A check of one field, or of every field where {@code field} is null. */
    record Leaf(@Nullable String field, Check check) implements Expression {}

    /** All of the parts; a single part stands for itself. */
    static Expression all(List<Expression> parts) {
        return parts.size() == 1 ? parts.getFirst() : new All(parts);
    }

    /** Any of the parts; a single part stands for itself. */
    static Expression any(List<Expression> parts) {
        return parts.size() == 1 ? parts.getFirst() : new Any(parts);
    }
}
