package dev.pawl.policy.review;

import dev.pawl.core.Attempt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Says what changed between two policies and what that means.
 *
 * <p>The meaning is not read from the text. Both engines decide the attempts that stand for all others ({@link Points}),
 * and each difference counts for what stands behind the two decisions: the grant that is new, the boundary that is gone.
 * So moving a line is no change, a wider pattern is looser only where nothing else granted or forbids what it adds, and
 * two halves of a range are the range. A difference behind which nothing written is found is reported by itself.
 */
public final class CharterDiff {
    private final Side one;
    private final Side other;

    private CharterDiff(Side one, Side other) {
        this.one = one;
        this.other = other;
    }

    /** What changes for the agent when {@code other} takes the place of {@code one}. */
    public static Comparison between(Side one, Side other) {
        return new CharterDiff(one, other).comparison();
    }

    private Comparison comparison() {
        CommandCandidates commands = new CommandCandidates(one, other);
        List<Candidate> candidates = Stream.of(
                        NetworkCandidates.of(one, other),
                        FileCandidates.of(one, other),
                        commands.candidates().stream(),
                        BoundaryCandidates.of(one, other),
                        RawCandidates.of(one, other))
                .flatMap(each -> each)
                .toList();
        Mentions mentions = new Mentions().add(one).add(other);
        // Who the agent is may matter to zones, lifts and raw policies, and so to any attempt.
        boolean anything = !one.charter().agent().equals(other.charter().agent())
                || !one.charter().owner().equals(other.charter().owner())
                || !one.charter().purpose().equals(other.charter().purpose());
        Map<Candidate, List<Difference>> parts = new LinkedHashMap<>();
        candidates.forEach(candidate -> parts.put(candidate, new ArrayList<>()));
        List<Difference> unexplained = new ArrayList<>();
        for (Attempt attempt : Points.of(mentions, commands.arguments())) {
            if (!anything
                    && candidates.stream()
                            .noneMatch(candidate -> candidate.touches().test(attempt))) {
                continue;
            }
            Difference difference = new Difference(attempt, Seen.of(attempt, one), Seen.of(attempt, other));
            if (difference.sign() != Sign.SAME) {
                List<Candidate> speaking = candidates.stream()
                        .filter(candidate -> candidate.speaks().test(difference))
                        .toList();
                speaking.forEach(
                        candidate -> parts.getOrDefault(candidate, unexplained).add(difference));
                if (speaking.isEmpty()) {
                    unexplained.add(difference);
                }
            }
        }
        List<Change> changes = new ArrayList<>(PlainChanges.names(one, other));
        parts.forEach((candidate, differences) -> changes.add(candidate.change(differences, one, other)));
        changes.addAll(PlainChanges.of(one, other));
        changes.addAll(alone(unexplained));
        return new Comparison(changes);
    }

    /** One change for all differences between the same two rules. */
    private static List<Change> alone(List<Difference> differences) {
        Map<List<String>, List<Difference>> groups = new LinkedHashMap<>();
        for (Difference difference : differences) {
            List<String> rules = List.of(
                    difference.before().decision().rule(),
                    difference.after().decision().rule());
            groups.computeIfAbsent(rules, _ -> new ArrayList<>()).add(difference);
        }
        List<Change> changes = new ArrayList<>();
        groups.forEach((rules, group) -> {
            Sign sign = group.stream().map(Difference::sign).reduce(Sign.SAME, Sign::with);
            changes.add(new Change(
                    sign,
                    "decisions",
                    "rule " + rules.getFirst(),
                    "rule " + rules.getLast(),
                    group.getFirst().text()));
        });
        return changes;
    }
}
