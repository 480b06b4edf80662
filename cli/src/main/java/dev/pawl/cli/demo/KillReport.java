package dev.pawl.cli.demo;

/**
 * How the stop of the stubborn agent went.
 *
 * @param before processes seen in the process table before, without Pawl's own
 * @param flowsMillis until every flow was closed, as {@code pawl stop} says
 * @param killedMillis until the last process was gone
 * @param verifiedMillis until Pawl had looked and found none
 * @param left of those seen before, and of any that carry the agent's mark, how many the process table still shows
 * @param problem why it did not come that far; empty if it did
 */
record KillReport(
        int before, double flowsMillis, double killedMillis, double verifiedMillis, int left, String problem) {
    static KillReport failed(String problem) {
        return new KillReport(0, 0, 0, 0, 0, problem);
    }

    /** Whether there was something to kill and nothing of it is left. */
    boolean complete() {
        return problem.isEmpty() && before > 0 && left == 0;
    }
}
