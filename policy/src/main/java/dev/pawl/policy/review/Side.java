package dev.pawl.policy.review;

import dev.pawl.core.Attempt;
import dev.pawl.core.Charter;
import dev.pawl.core.Decision;
import dev.pawl.policy.CharterException;
import dev.pawl.policy.PolicyBundle;
import dev.pawl.policy.engine.PolicyEngine;

/** One policy: what is written, and the engine made of it. */
public record Side(PolicyBundle bundle, PolicyEngine engine) {
    /**
     * Makes the engine.
     *
     * @throws CharterException if there is none for this bundle
     */
    public static Side of(PolicyBundle bundle) throws CharterException {
        return new Side(bundle, PolicyEngine.of(bundle));
    }

    Charter charter() {
        return bundle.charter();
    }

    Decision decide(Attempt attempt) {
        return engine.decide(attempt);
    }
}
