package dev.pawl.policy.review;

import java.util.List;

/** All that differs between two policies, in the order of a charter. */
public record Comparison(List<Change> changes) {
    public Comparison {
        changes = List.copyOf(changes);
    }

    /** Whether anything is looser, or cannot be told not to be. */
    public boolean looser() {
        return changes.stream().anyMatch(change -> change.sign().looser());
    }

    /** Everything together in one line. */
    public String verdict() {
        if (changes.isEmpty()) {
            return "same: the two allow and forbid the same";
        }
        long looser = count(Sign.LOOSER);
        long either = count(Sign.EITHER);
        long tighter = count(Sign.TIGHTER);
        String counts = looser + " looser, " + either + " looser or tighter, " + tighter + " tighter, "
                + count(Sign.SAME) + " same";
        String word = looser() ? "looser" : tighter > 0 ? "tighter" : "same";
        return word + ": " + counts;
    }

    private long count(Sign sign) {
        return changes.stream().filter(change -> change.sign() == sign).count();
    }
}
