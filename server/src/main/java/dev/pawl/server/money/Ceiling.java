package dev.pawl.server.money;

import dev.pawl.core.ModelLimit;
import dev.pawl.core.ModelLimit.Period;
import dev.pawl.policy.ModelLimits;
import dev.pawl.policy.PolicyBundle;
import java.util.ArrayList;
import java.util.List;

/**
 * A limit and the account it holds for.
 *
 * @param rule how a denial names it
 */
record Ceiling(Account account, ModelLimit limit, String rule) {
    /** All limits that hold for a run under a policy. */
    static List<Ceiling> of(PolicyBundle bundle, Holder holder) {
        List<Ceiling> ceilings = new ArrayList<>();
        for (ModelLimit limit : bundle.charter().budget().model()) {
            Account account = limit.period() == Period.RUN
                    ? new Account(Account.Kind.RUN, holder.run())
                    : new Account(Account.Kind.AGENT, holder.agent());
            ceilings.add(new Ceiling(
                    account, limit, "budget.model." + limit.measure().text()));
        }
        ModelLimits above = bundle.organization().limits().model();
        above.owner()
                .forEach(limit -> ceilings.add(new Ceiling(
                        new Account(Account.Kind.OWNER, holder.owner()),
                        limit,
                        "limits.model.owner." + limit.measure().text())));
        above.organization()
                .forEach(limit -> ceilings.add(new Ceiling(
                        new Account(Account.Kind.ORGANIZATION, Account.EVERYBODY),
                        limit,
                        "limits.model.organization." + limit.measure().text())));
        return List.copyOf(ceilings);
    }
}
