package dev.pawl.policy.cedar;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Runs the policies of one decision and counts what came of them. For one thread. */
final class Tally {
    private static final Comparator<CompiledPolicy> BY_PLACE = Comparator.comparingInt(CompiledPolicy::place);

    private final Frame frame;
    private final List<CompiledPolicy> permits = new ArrayList<>(2);
    private final List<CompiledPolicy> forbids = new ArrayList<>(2);
    private List<Failed> failures = List.of();

    private record Failed(CompiledPolicy policy, String message) {}

    Tally(Frame frame) {
        this.frame = frame;
    }

    void run(CompiledPolicy policy) {
        try {
            frame.meter.charge(1);
            if (policy.satisfied(frame)) {
                (policy.forbids() ? forbids : permits).add(policy);
            }
        } catch (CannotEvaluate failure) {
            if (failures.isEmpty()) {
                failures = new ArrayList<>();
            }
            failures.add(new Failed(policy, failure.why()));
        }
    }

    Answer answer() {
        boolean allowed = forbids.isEmpty() && !permits.isEmpty();
        return new Answer(allowed, policies(forbids.isEmpty() ? permits : forbids), failures());
    }

    private static List<CedarPolicy> policies(List<CompiledPolicy> found) {
        if (found.size() < 2) {
            return found.isEmpty() ? List.of() : List.of(found.getFirst().policy());
        }
        return found.stream().sorted(BY_PLACE).map(CompiledPolicy::policy).toList();
    }

    private List<Failure> failures() {
        return failures.isEmpty()
                ? List.of()
                : failures.stream()
                        .sorted(Comparator.comparing(Failed::policy, BY_PLACE))
                        .map(failed -> new Failure(failed.policy().policy(), failed.message()))
                        .toList();
    }
}
