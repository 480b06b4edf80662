package dev.pawl.policy;

import dev.pawl.core.Boundary;
import java.util.Collection;
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
 * @param approvers who may answer what an agent asks for; where nobody is listed, see {@link #mayAnswer}
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
    private static final String ROOT = "root";

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

    /**
     * Whether somebody may answer what an agent asks for: exactly who is listed, and where nobody is, the holder of the run
     * and root.
     *
     * @param user account of who answers, as the kernel says; empty, as for one without a name, may answer nothing
     * @param groups all groups of that account
     * @param holder account that holds the run
     */
    public boolean mayAnswer(String user, Collection<String> groups, String holder) {
        if (user.isEmpty()) {
            return false;
        }
        if (approvers.isEmpty()) {
            return user.equals(holder) || user.equals(ROOT);
        }
        return approvers.stream().anyMatch(approver -> switch (approver) {
            case Approver.User(String name) -> name.equals(user);
            case Approver.Group(String name) -> groups.contains(name);
        });
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
