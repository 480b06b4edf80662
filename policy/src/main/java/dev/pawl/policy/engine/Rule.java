package dev.pawl.policy.engine;

import dev.pawl.core.Protocol;
import dev.pawl.policy.cedar.CedarPolicy;
import dev.pawl.policy.cedar.Effect;
import java.util.Optional;

/**
 * One rule of a run.
 *
 * @param id what decisions and events call it, unique in the run
 * @param boundary id of the boundary behind a prohibition
 * @param because why, for a person
 * @param protocol what may flow where a permission leads outside; empty for what stays inside the run
 * @param ask why a person is asked before what a permission grants may go on; empty where nobody is
 * @param policy the rule in Cedar; its id is {@code id}
 */
public record Rule(
        String id,
        Optional<String> boundary,
        String because,
        Optional<Protocol> protocol,
        Optional<String> ask,
        CedarPolicy policy) {
    /** Whether it denies. */
    public boolean forbids() {
        return policy.effect() == Effect.FORBID;
    }
}
