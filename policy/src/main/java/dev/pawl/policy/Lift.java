package dev.pawl.policy;

import java.util.List;

/**
 * A boundary that an organisation does not hold some agents to.
 *
 * @param boundary its id
 * @param agents names of the agents, never empty
 * @param because why, for whoever reads the policy
 */
public record Lift(String boundary, List<String> agents, String because) {
    public Lift {
        agents = List.copyOf(agents);
    }
}
