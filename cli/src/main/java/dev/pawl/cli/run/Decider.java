package dev.pawl.cli.run;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision;
import dev.pawl.core.Egress;
import dev.pawl.core.Policy;
import dev.pawl.policy.engine.Ids;
import dev.pawl.policy.engine.LivePolicy;
import org.jspecify.annotations.Nullable;

/** The run's policy, and for what it allows to the outside the gateway's objection: one decision. Thread-safe. */
final class Decider implements Policy {
    private final LivePolicy policy;
    private volatile @Nullable Egress egress;

    Decider(LivePolicy policy) {
        this.policy = policy;
    }

    /** Before this, nothing may go outside. */
    void attach(Egress gateway) {
        egress = gateway;
    }

    @Override
    public Decision decide(Attempt attempt) {
        return decide(policy, attempt);
    }

    @Override
    public Policy now() {
        Policy current = policy.now();
        return attempt -> decide(current, attempt);
    }

    private Decision decide(Policy by, Attempt attempt) {
        Decision decision = by.decide(attempt);
        boolean asked = decision.verdict() == Decision.Verdict.ASK;
        boolean outside = attempt instanceof Attempt.Connect
                && (decision.allowed() || asked)
                && !decision.rule().equals(Ids.SANDBOX_LOOPBACK);
        if (!outside) {
            return decision;
        }
        Egress gateway = egress;
        if (gateway == null) {
            return Decision.deny("not-ready", null, "the gateway of this run has not started");
        }
        return gateway.objection((Attempt.Connect) attempt, asked).orElse(decision);
    }
}
