package dev.pawl.server.money;

import dev.pawl.core.ModelLimit;
import dev.pawl.core.ModelLimit.Measure;

/** Calls, tokens and millionths of a US dollar; negative in a correction. */
public record Amounts(long calls, long tokens, long micros) {
    static final Amounts NONE = new Amounts(0, 0, 0);

    /** What one request may need at most: beyond it nothing is counted exactly, and no limit lets it pass. */
    private static final long MOST = 2 * ModelLimit.MOST;

    /** What somebody else named, held within what can be added up. */
    static Amounts bounded(long calls, long tokens, long micros) {
        return new Amounts(Math.min(calls, MOST), Math.min(tokens, MOST), Math.min(micros, MOST));
    }

    public long of(Measure measure) {
        return switch (measure) {
            case CALLS -> calls;
            case TOKENS -> tokens;
            case MONEY -> micros;
        };
    }

    Amounts plus(Amounts other) {
        return new Amounts(
                Math.addExact(calls, other.calls),
                Math.addExact(tokens, other.tokens),
                Math.addExact(micros, other.micros));
    }

    Amounts minus(Amounts other) {
        return plus(new Amounts(-other.calls, -other.tokens, -other.micros));
    }
}
