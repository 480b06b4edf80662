package dev.pawl.detect.sigma.rule;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A detection over matches of other rules in a span of event time.
 *
 * @param rules ids or names of rules or other correlations; their order matters to {@link Type#TEMPORAL_ORDERED}
 * @param groupBy fields or aliases that must have the same values; empty puts everything in one group
 * @param aliases alias -> rule -> the field that stands for the alias in events of that rule
 * @param condition null for a temporal correlation that needs all its rules
 * @param generate whether the rules it names report matches of their own too
 */
public record Correlation(
        Header header,
        Type type,
        List<String> rules,
        List<String> groupBy,
        Map<String, Map<String, String>> aliases,
        Duration timespan,
        @Nullable Threshold condition,
        boolean generate)
        implements Document {
    public Correlation {
        rules = List.copyOf(rules);
        groupBy = List.copyOf(groupBy);
        aliases = Map.copyOf(aliases);
    }

    /** What is looked at. */
    public enum Type {
        EVENT_COUNT,
        VALUE_COUNT,
        TEMPORAL,
        TEMPORAL_ORDERED,
        VALUE_SUM,
        VALUE_AVG,
        VALUE_PERCENTILE;

        /** Whether the condition must name a field. */
        public boolean needsField() {
            return switch (this) {
                case VALUE_COUNT, VALUE_SUM, VALUE_AVG, VALUE_PERCENTILE -> true;
                case EVENT_COUNT, TEMPORAL, TEMPORAL_ORDERED -> false;
            };
        }
    }

    /**
     * When the correlation holds.
     *
     * @param bounds all must hold
     * @param fields whose values are counted or measured; empty where none are
     * @param percentile which percentile is compared, or null for the rank of the newest value
     */
    public record Threshold(
            List<Bound> bounds,
            List<String> fields,
            @Nullable Double percentile) {
        public Threshold {
            bounds = List.copyOf(bounds);
            fields = List.copyOf(fields);
        }

        public boolean holds(double value) {
            return bounds.stream().allMatch(bound -> bound.holds(value));
        }
    }

    /** One comparison. */
    public record Bound(Operator operator, double limit) {
        boolean holds(double value) {
            return switch (operator) {
                case GT -> value > limit;
                case GTE -> value >= limit;
                case LT -> value < limit;
                case LTE -> value <= limit;
                case EQ -> value == limit;
                case NEQ -> value != limit;
            };
        }
    }

    /** How a number is compared. */
    public enum Operator {
        GT,
        GTE,
        LT,
        LTE,
        EQ,
        NEQ
    }
}
