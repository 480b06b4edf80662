package dev.pawl.policy;

import dev.pawl.core.Boundary;
import dev.pawl.core.Charter;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that decides one run.
 *
 * @param charter the agent's, the organisation's default grants joined to it
 * @param organization what stands above it
 * @param policies further policies of this charter, in Cedar
 */
public record PolicyBundle(Charter charter, Organization organization, List<PolicyFile> policies) {
    public PolicyBundle {
        policies = List.copyOf(policies);
    }

    /** A charter alone, under no organisation. */
    public static PolicyBundle of(Charter charter) {
        return new PolicyBundle(charter, Organization.NONE, List.of());
    }

    /** The boundaries this agent is held to: the standard ones, the organisation's, the charter's; without lifted ones. */
    public List<Boundary> boundaries() {
        return Stream.of(StandardBoundaries.all(), organization.boundaries(), charter.boundaries())
                .flatMap(List::stream)
                .filter(boundary -> !organization.lifts(boundary.id(), charter.agent()))
                .toList();
    }
}
