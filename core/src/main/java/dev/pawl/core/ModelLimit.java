package dev.pawl.core;

import java.util.Locale;

/**
 * A limit on what is used of models. Whose it is, an agent's or several agents' together, is said where it stands.
 *
 * @param amount calls, tokens, or millionths of a US dollar; at least 1
 */
public record ModelLimit(Measure measure, long amount, Period period) {
    /** The largest amount, so that no sum of a few can overflow. */
    public static final long MOST = 1_000_000_000_000_000L;

    /** What is counted. */
    public enum Measure {
        CALLS,
        TOKENS,
        MONEY;

        /** As a charter writes it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Over what is counted: one run, or a calendar hour, day or month of UTC. */
    public enum Period {
        RUN,
        HOUR,
        DAY,
        MONTH;

        /** As a charter writes it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** After an amount, in a sentence. */
        public String each() {
            return (this == HOUR ? "an " : "a ") + text();
        }
    }

    public ModelLimit {
        if (amount < 1 || amount > MOST) {
            throw new IllegalArgumentException("a limit is 1 to " + MOST);
        }
    }

    /** Whether both limit the same, by whatever amount. */
    public boolean sameAs(ModelLimit other) {
        return measure == other.measure && period == other.period;
    }
}
