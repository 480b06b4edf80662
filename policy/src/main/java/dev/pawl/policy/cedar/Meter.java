package dev.pawl.policy.cedar;

/** Counts the steps of one decision down and stops it when none is left. For one thread. */
final class Meter {
    private long left;

    Meter(long steps) {
        this.left = steps;
    }

    /** Takes {@code steps} away; never negative. */
    void charge(long steps) {
        left -= steps;
        if (left < 0) {
            left = 0;
            throw new CannotEvaluate("the decision takes more than " + Limits.STEPS + " steps");
        }
    }
}
