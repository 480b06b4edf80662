package dev.pawl.policy.review;

import dev.pawl.core.Decision;
import dev.pawl.policy.cedar.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What differs in the policies written in Cedar. Their meaning is told by their text, not by attempts. */
final class RawCandidates {
    private static final Candidate.Told ASKS = new Candidate.Told(Sign.TIGHTER, "a person is asked now");
    private static final Candidate.Told ASKED = new Candidate.Told(Sign.LOOSER, "nobody is asked any more");

    private RawCandidates() {}

    static Stream<Candidate> of(Side one, Side other) {
        List<RawPolicy> removed = new ArrayList<>(RawPolicy.of(one));
        List<RawPolicy> added = new ArrayList<>();
        for (RawPolicy policy : RawPolicy.of(other)) {
            Optional<RawPolicy> same = removed.stream().filter(policy::means).findFirst();
            same.ifPresentOrElse(removed::remove, () -> added.add(policy));
        }
        List<Candidate> candidates = new ArrayList<>();
        for (RawPolicy policy : added) {
            Optional<RawPolicy> before = removed.stream().filter(policy::called).findFirst();
            before.ifPresent(removed::remove);
            candidates.add(before.map(earlier -> changed(earlier, policy)).orElseGet(() -> added(policy)));
        }
        removed.forEach(policy -> candidates.add(removed(policy)));
        return candidates.stream();
    }

    private static Candidate added(RawPolicy policy) {
        boolean permit = policy.policy().effect() == Effect.PERMIT;
        return candidate(
                policy,
                Candidate.NONE,
                policy.text(),
                new Candidate.Told(
                        permit ? Sign.LOOSER : Sign.TIGHTER,
                        permit ? "a permit more; what else grants it was not looked at" : "a prohibition more"));
    }

    private static Candidate removed(RawPolicy policy) {
        boolean permit = policy.policy().effect() == Effect.PERMIT;
        return candidate(
                policy,
                policy.text(),
                Candidate.NONE,
                new Candidate.Told(
                        permit ? Sign.TIGHTER : Sign.LOOSER,
                        permit ? "a permit less" : "a prohibition less; what else refuses it was not looked at"));
    }

    private static Candidate changed(RawPolicy before, RawPolicy after) {
        boolean permit = after.policy().effect() == Effect.PERMIT;
        boolean asked = before.rule().ask().isPresent();
        boolean asks = after.rule().ask().isPresent();
        Relation attempts = PolicyRelation.of(before.policy(), after.policy());
        if (asked != asks && attempts == Relation.SAME) {
            return candidate(after, before.text(), after.text(), asks ? ASKS : ASKED);
        }
        // Who is asked first is allowed less.
        Candidate.Told told = switch (attempts.and(Relation.of(asked || !asks, asks || !asked))) {
            case SAME -> new Candidate.Told(Sign.SAME, "both are about the same attempts");
            case WIDER ->
                new Candidate.Told(permit ? Sign.LOOSER : Sign.TIGHTER, "it is about more attempts than before");
            case NARROWER ->
                new Candidate.Told(permit ? Sign.TIGHTER : Sign.LOOSER, "it is about fewer attempts than before");
            case UNKNOWN -> new Candidate.Told(Sign.EITHER, "which, cannot be told from the text");
        };
        return candidate(after, before.text(), after.text(), told);
    }

    private static Candidate candidate(RawPolicy policy, String from, String to, Candidate.Told told) {
        Predicate<Decision> speaks =
                decision -> decision.rule().equals(policy.rule().id());
        String place = policy.name().startsWith(policy.area()) ? policy.name() : policy.area() + " " + policy.name();
        return new Candidate(place, from, to, Candidate.by(speaks, speaks), _ -> false, List.of(), Optional.of(told));
    }
}
