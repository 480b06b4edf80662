package dev.pawl.policy.cedar;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Policies that decide together. Immutable and thread-safe. */
public final class PolicySet {
    private final List<CedarPolicy> policies;
    private final Slice slice;

    private PolicySet(List<CedarPolicy> policies, Slice slice) {
        this.policies = policies;
        this.slice = slice;
    }

    /**
     * Compiles {@code policies}.
     *
     * @throws IllegalArgumentException if an id stands there twice, or there are more than {@link Limits#POLICIES}
     */
    public static PolicySet of(List<CedarPolicy> policies) {
        if (policies.size() > Limits.POLICIES) {
            throw new IllegalArgumentException("a policy set has at most " + Limits.POLICIES + " policies");
        }
        Set<String> ids = new HashSet<>();
        List<CompiledPolicy> compiled = new ArrayList<>();
        for (CedarPolicy policy : policies) {
            if (!ids.add(policy.id())) {
                throw new IllegalArgumentException("two policies have the id " + policy.id());
            }
            compiled.add(CompiledPolicy.of(policy, compiled.size()));
        }
        return new PolicySet(List.copyOf(policies), Slices.of(compiled));
    }

    /** The policies, in their order. */
    public List<CedarPolicy> policies() {
        return policies;
    }

    /**
     * Decides as Cedar does: a satisfied forbid denies, else a satisfied permit allows, else nothing is allowed. A policy
     * that fails is skipped and reported; so is all that is left when {@link Limits#STEPS} are used up.
     */
    public Answer decide(Request request, Entities entities) {
        Frame frame = new Frame(request, entities);
        Tally tally = new Tally(frame);
        slice.visit(frame, tally);
        return tally.answer();
    }
}
