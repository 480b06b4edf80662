package dev.pawl.cli.run;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision;
import dev.pawl.core.RunControl;
import dev.pawl.policy.Advice;
import dev.pawl.policy.Approver;
import dev.pawl.policy.NearBoundary;
import dev.pawl.policy.Organization;
import dev.pawl.policy.PolicyBundle;
import dev.pawl.policy.engine.LivePolicy;
import dev.pawl.server.Groups;
import dev.pawl.server.approvals.Backing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** What questions of a run need to know, from its policy and its sandbox. Thread-safe. */
public final class RunBacking implements Backing {
    private final LivePolicy policy;
    private final String holder;
    private final AtomicReference<? extends RunControl> held;

    /**
     * @param holder the user of the machine who holds the run
     * @param held the sandbox, once there is one
     */
    public RunBacking(LivePolicy policy, String holder, AtomicReference<? extends RunControl> held) {
        this.policy = policy;
        this.holder = holder;
        this.held = held;
    }

    @Override
    public Duration patience() {
        return policy.bundle().charter().asks().patience();
    }

    @Override
    public boolean mayAnswer(String user) {
        Organization organization = policy.bundle().organization();
        boolean groups = organization.approvers().stream().anyMatch(Approver.Group.class::isInstance);
        return organization.mayAnswer(user, groups ? Groups.of(user) : Set.of(), holder);
    }

    @Override
    public String approvers() {
        List<Approver> listed = policy.bundle().organization().approvers();
        return listed.isEmpty()
                ? holder + (holder.equals("root") ? "" : " and root")
                : listed.stream()
                        .map(approver -> switch (approver) {
                            case Approver.User(String name) -> name;
                            case Approver.Group(String name) -> "group " + name;
                        })
                        .collect(Collectors.joining(", "));
    }

    /** Whether users beside the holder may be listed. */
    boolean listsApprovers() {
        return !policy.bundle().organization().approvers().isEmpty();
    }

    @Override
    public String near(Attempt attempt) {
        PolicyBundle bundle = policy.bundle();
        return NearBoundary.of(bundle.boundaries(), attempt)
                .map(boundary -> boundary.id() + ": never " + boundary.never())
                .orElse("");
    }

    @Override
    public Optional<String> line(Attempt attempt) {
        return Advice.lineFor(attempt, Decision.deny("default", null, "")).filter(line -> !line.startsWith("#"));
    }

    @Override
    public boolean frozen() {
        RunControl sandbox = held.get();
        return sandbox != null && sandbox.state().equals("frozen");
    }

    @Override
    public boolean ending() {
        RunControl sandbox = held.get();
        return sandbox != null
                && (sandbox.state().equals("stopping") || sandbox.state().equals("ended"));
    }
}
