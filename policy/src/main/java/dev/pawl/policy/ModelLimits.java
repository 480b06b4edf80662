package dev.pawl.policy;

import dev.pawl.core.ModelLimit;
import java.util.List;

/**
 * What an organisation lets be used of models.
 *
 * @param agent what each agent may use at most, and by the run each of its runs
 * @param owner what all agents of one owner may use together
 * @param organization what all agents may use together
 */
public record ModelLimits(List<ModelLimit> agent, List<ModelLimit> owner, List<ModelLimit> organization) {
    /** No limit at all. */
    public static final ModelLimits NONE = new ModelLimits(List.of(), List.of(), List.of());

    public ModelLimits {
        agent = List.copyOf(agent);
        owner = List.copyOf(owner);
        organization = List.copyOf(organization);
    }
}
