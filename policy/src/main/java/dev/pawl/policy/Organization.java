package dev.pawl.policy;

import dev.pawl.core.Boundary;
import java.util.List;

/**
 * What stands above all charters: a charter can only stay within it.
 *
 * @param name what the organisation is called
 * @param zones what only some agents may be granted
 * @param grants what every agent is granted
 * @param boundaries boundaries beside the standard ones, for every agent
 * @param lifts boundaries that do not hold for some agents
 * @param limits the most a charter may ask for
 * @param approvers who may approve what an agent asks for
 * @param policies further policies for every agent, in Cedar
 * @param source the file it came from, empty for {@link #NONE}
 */
public record Organization(
        String name,
        List<Zone> zones,
        DefaultGrants grants,
        List<Boundary> boundaries,
        List<Lift> lifts,
        Limits limits,
        List<Approver> approvers,
        List<PolicyFile> policies,
        String source) {
    /** No organisation: nothing is set apart, granted, forbidden or limited. */
    public static final Organization NONE = new Organization(
            "", List.of(), DefaultGrants.NONE, List.of(), List.of(), Limits.NONE, List.of(), List.of(), "");

    public Organization {
        zones = List.copyOf(zones);
        boundaries = List.copyOf(boundaries);
        lifts = List.copyOf(lifts);
        approvers = List.copyOf(approvers);
        policies = List.copyOf(policies);
    }

    /** The organisation with its file, for messages. */
    String called() {
        return "the organisation (" + source + ")";
    }

    /** Whether the boundary with this id does not hold for this agent. */
    public boolean lifts(String boundary, String agent) {
        return lifts.stream()
                .anyMatch(lift ->
                        lift.boundary().equals(boundary) && lift.agents().contains(agent));
    }
}
