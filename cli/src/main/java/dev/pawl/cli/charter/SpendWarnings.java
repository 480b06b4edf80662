package dev.pawl.cli.charter;

import dev.pawl.core.Charter;
import dev.pawl.core.HostGrant;
import dev.pawl.gateway.spend.SpendDesk;
import dev.pawl.policy.review.Warning;
import java.util.List;

/** Grants of hosts where calls cost money, under which nobody would see them. */
final class SpendWarnings {
    private SpendWarnings() {}

    static List<Warning> of(Charter charter) {
        return charter.network().allow().stream()
                .filter(grant -> grant.inspection().isEmpty()
                        && !SpendDesk.paidAt(grant.host()).isEmpty())
                .map(SpendWarnings::warning)
                .toList();
    }

    private static Warning warning(HostGrant grant) {
        return new Warning(
                grant.id(),
                "calls of " + String.join(" and ", SpendDesk.paidAt(grant.host())) + " to " + grant.host()
                        + " can cost money, and without inspect: true nobody sees which do");
    }
}
