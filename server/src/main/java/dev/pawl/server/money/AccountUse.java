package dev.pawl.server.money;

import dev.pawl.core.ModelLimit;
import dev.pawl.core.ModelLimit.Period;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one account has used in one period.
 *
 * @param used spent and reserved together
 * @param reserved of which the end is not known yet
 * @param limits those of this account and period, as the last run that called a model had them
 * @param until when the period ends; empty for a run
 */
public record AccountUse(
        Account account,
        Period period,
        Amounts used,
        Amounts reserved,
        List<ModelLimit> limits,
        Optional<Instant> until) {
    public AccountUse {
        limits = List.copyOf(limits);
    }

    /** What is known to be spent. */
    public Amounts spent() {
        return used.minus(reserved);
    }
}
