package dev.pawl.policy.review;

import dev.pawl.core.Attempt;
import dev.pawl.core.Boundary;
import dev.pawl.core.Charter;
import dev.pawl.core.Decision;
import dev.pawl.policy.CharterException;
import dev.pawl.policy.PolicyBundle;
import dev.pawl.policy.engine.PolicyEngine;
import java.util.List;

/**
 * One policy.
 *
 * @param bundle what is written
 * @param boundaries those the agent is held to
 * @param engine what was made of it
 */
public record Side(PolicyBundle bundle, List<Boundary> boundaries, PolicyEngine engine) {
    public Side {
        boundaries = List.copyOf(boundaries);
    }

    /**
     * Makes the engine.
     *
     * @throws CharterException if there is none for this bundle
     */
    public static Side of(PolicyBundle bundle) throws CharterException {
        return new Side(bundle, bundle.boundaries(), PolicyEngine.of(bundle));
    }

    Charter charter() {
        return bundle.charter();
    }

    Decision decide(Attempt attempt) {
        return engine.decide(attempt);
    }
}
