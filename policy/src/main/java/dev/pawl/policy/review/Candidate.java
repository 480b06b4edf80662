package dev.pawl.policy.review;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One thing that stands differently in two charters, before it is known what that means. What it means is told by the
 * attempts whose decision it had a part in.
 *
 * @param area the part of a charter
 * @param from what stood there
 * @param to what stands there now
 * @param speaks whether a difference comes of it
 * @param touches whether it could have a part in how this attempt is decided; never too few
 * @param samples attempts it was written for
 * @param told what it means, where attempts are not asked
 */
record Candidate(
        String area,
        String from,
        String to,
        Predicate<Difference> speaks,
        Predicate<Attempt> touches,
        List<Attempt> samples,
        Optional<Told> told) {
    /** What stands where nothing is written. */
    static final String NONE = "none";

    /** A meaning, and one clause that says why. */
    record Told(Sign sign, String because) {}

    Candidate {
        samples = List.copyOf(samples);
    }

    /** Speaks through the rule that either decision names. */
    static Predicate<Difference> by(Predicate<Decision> before, Predicate<Decision> after) {
        return difference -> before.test(difference.before().decision())
                || after.test(difference.after().decision());
    }

    /** The change, given the differences it had a part in. */
    Change change(List<Difference> differences, Side one, Side other) {
        if (told.isPresent()) {
            return new Change(told.get().sign(), area, from, to, told.get().because());
        }
        Sign sign = Sign.SAME;
        for (Difference difference : differences) {
            sign = sign.with(difference.sign());
        }
        return new Change(sign, area, from, to, sign == Sign.SAME ? same(one, other) : because(sign, differences));
    }

    private static String because(Sign sign, List<Difference> differences) {
        if (sign != Sign.EITHER) {
            return differences.getFirst().text();
        }
        Optional<String> looser = first(differences, Sign.LOOSER);
        Optional<String> tighter = first(differences, Sign.TIGHTER);
        return looser.isPresent() && tighter.isPresent()
                ? looser.get() + "; " + tighter.get()
                : differences.stream()
                        .filter(difference -> difference.sign() == Sign.EITHER)
                        .findFirst()
                        .orElse(differences.getFirst())
                        .text();
    }

    private static Optional<String> first(List<Difference> differences, Sign sign) {
        return differences.stream()
                .filter(difference -> difference.sign() == sign)
                .findFirst()
                .map(Difference::text);
    }

    private String same(Side one, Side other) {
        if (samples.isEmpty()) {
            return "every attempt is decided as before";
        }
        Attempt sample = samples.getFirst();
        Decision now = other.decide(sample);
        Decision then = one.decide(sample);
        if (now.verdict() == Decision.Verdict.DENY) {
            return AttemptText.of(sample) + " is refused by " + Difference.refusing(now) + " with it and without it";
        }
        return to.equals(NONE)
                ? now.rule() + " still grants it"
                : from.equals(NONE) ? then.rule() + " granted it already" : "together they grant the same";
    }
}
