package dev.pawl.policy.learn;

import dev.pawl.core.Charter;
import dev.pawl.core.Decision;
import dev.pawl.policy.CharterException;
import dev.pawl.policy.PolicyBundle;
import dev.pawl.policy.engine.PolicyEngine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds grants of a charter that nothing recorded needed: what was allowed is decided again, under this charter, and what
 * names no decision is not used. So it does not matter that grants stood elsewhere, or were called otherwise, when the
 * runs were recorded; and a grant is not used where a more exact one does the same. Times are those of the events.
 */
public final class UnusedGrants {
    private UnusedGrants() {}

    /**
     * A grant that was not used lately.
     *
     * @param rule its place in the charter
     * @param last when it was used last; empty if never
     */
    public record Unused(String rule, Optional<Instant> last) {}

    /**
     * Grants of the charter's own with no use at or after {@code since}.
     *
     * @throws CharterException if the charter makes no policy
     */
    public static List<Unused> of(PolicyBundle bundle, Observations seen, Instant since) throws CharterException {
        PolicyEngine engine = PolicyEngine.of(bundle);
        Needs needs = new Needs(bundle);
        Map<String, Instant> last = new HashMap<>();
        seen.allowed().forEach((attempt, use) -> {
            Decision decision = engine.decide(needs.asTried(attempt));
            use.users().last().ifPresent(time -> last.merge(decision.rule(), time, (a, b) -> a.isAfter(b) ? a : b));
        });
        List<Unused> unused = new ArrayList<>();
        for (String rule : grants(bundle.charter())) {
            Optional<Instant> used = Optional.ofNullable(last.get(rule));
            if (used.filter(time -> !time.isBefore(since)).isEmpty()) {
                unused.add(new Unused(rule, used));
            }
        }
        return List.copyOf(unused);
    }

    /** Ids of the grants whose use is recorded, in the order of the charter. */
    static List<String> grants(Charter charter) {
        List<String> ids = new ArrayList<>();
        charter.network().allow().forEach(grant -> ids.add(grant.id()));
        charter.network().addresses().forEach(grant -> ids.add(grant.id()));
        charter.commands().ifPresent(commands -> commands.forEach(grant -> ids.add(grant.id())));
        ids.removeIf(Needs::joined);
        return ids;
    }
}
