package dev.pawl.policy.review;

import dev.pawl.core.Attempt;
import dev.pawl.core.Charter;
import dev.pawl.core.Decision;
import dev.pawl.core.Policy;
import dev.pawl.core.Protocol;
import dev.pawl.policy.PolicyBundle;
import java.util.Optional;
import java.util.function.Function;

/** One policy: what is written and the engine made of it. */
public record Side(PolicyBundle bundle, Policy policy, Function<String, Optional<Protocol>> protocolOf) {
    Charter charter() {
        return bundle.charter();
    }

    Decision decide(Attempt attempt) {
        return policy.decide(attempt);
    }
}
