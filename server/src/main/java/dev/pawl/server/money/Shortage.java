package dev.pawl.server.money;

import dev.pawl.core.ModelLimit;
import dev.pawl.core.ModelLimit.Measure;
import dev.pawl.core.ModelLimit.Period;
import dev.pawl.core.Purse;
import dev.pawl.policy.ModelAmounts;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A limit that does not let a need pass.
 *
 * @param used spent and reserved before
 * @param until when it begins anew
 */
record Shortage(Ceiling ceiling, long used, long need, Instant until) implements Outcome {
    /**
     * The limit that stands in the way longest; null if none does.
     *
     * @param anew whether this is a new request, which takes a token at least, and not more for one that goes on
     */
    static @Nullable Shortage first(Tables tables, List<Ceiling> limits, Amounts need, Instant time, boolean anew)
            throws SQLException {
        Shortage longest = null;
        for (Ceiling ceiling : limits) {
            Measure measure = ceiling.limit().measure();
            long wanted = anew && measure == Measure.TOKENS ? Math.max(1, need.tokens()) : need.of(measure);
            if (wanted == 0) {
                continue;
            }
            Window window = Window.of(ceiling.limit().period(), time);
            long used = tables.used(ceiling.account(), window).of(measure);
            boolean lacking = wanted > ceiling.limit().amount() - used;
            if (lacking && (longest == null || window.end().isAfter(longest.until))) {
                longest = new Shortage(ceiling, used, wanted, window.end());
            }
        }
        return longest;
    }

    Purse.Exhausted exhausted() {
        ModelLimit limit = ceiling.limit();
        return new Purse.Exhausted(
                ceiling.rule(),
                whose(ceiling.account()) + " may use " + amount(limit.measure(), limit.amount()) + " "
                        + limit.period().each() + "; " + amount(limit.measure(), used)
                        + " are spent or reserved, and this call may need " + amount(limit.measure(), need),
                limit.period() == Period.RUN ? Optional.empty() : Optional.of(until));
    }

    /** Where money is limited, what cannot be priced cannot be counted. */
    static Purse.Exhausted unpriced(Ceiling ceiling) {
        return new Purse.Exhausted(
                ceiling.rule(),
                whose(ceiling.account()) + " may use "
                        + amount(Measure.MONEY, ceiling.limit().amount()) + " "
                        + ceiling.limit().period().each() + ", and no price is known of this model",
                Optional.empty());
    }

    private static String whose(Account account) {
        return switch (account.kind()) {
            case RUN -> "this run";
            case AGENT -> "the agent " + account.name();
            case OWNER -> "all agents of " + account.name() + " together";
            case ORGANIZATION -> "all agents together";
        };
    }

    private static String amount(Measure measure, long amount) {
        return ModelAmounts.text(measure, amount) + (measure == Measure.MONEY ? "" : " " + measure.text());
    }
}
