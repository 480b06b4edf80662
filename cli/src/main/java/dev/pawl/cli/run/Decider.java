package dev.pawl.cli.run;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision;
import dev.pawl.core.Egress;
import dev.pawl.core.Policy;
import dev.pawl.policy.Grants;
import org.jspecify.annotations.Nullable;

/** The charter's grants, and for what they allow to the outside the gateway's objection: one decision. Thread-safe. */
final class Decider implements Policy {
    private final Grants grants;
    private volatile @Nullable Egress egress;

    Decider(Grants grants) {
        this.grants = grants;
    }

    /** Before this, nothing may go outside. */
    void attach(Egress gateway) {
        egress = gateway;
    }

    @Override
    public Decision decide(Attempt attempt) {
        Decision decision = grants.decide(attempt);
        boolean outside = attempt instanceof Attempt.Connect
                && decision.allowed()
                && grants.protocolOf(decision.rule()).isPresent();
        if (!outside) {
            return decision;
        }
        Egress gateway = egress;
        if (gateway == null) {
            return Decision.deny("not-ready", null, "the gateway of this run has not started");
        }
        return gateway.objection((Attempt.Connect) attempt).orElse(decision);
    }
}
