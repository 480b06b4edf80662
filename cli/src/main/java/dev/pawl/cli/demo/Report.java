package dev.pawl.cli.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of the whole rehearsal.
 *
 * @param acts in the order shown
 * @param took from the start of the command
 * @param troubles what went wrong beside the acts, for example a run that could not start
 */
record Report(List<ActReport> acts, KillReport kill, Duration took, List<String> troubles) {
    static final Duration LIMIT = Duration.ofSeconds(60);

    Report {
        acts = List.copyOf(acts);
        troubles = List.copyOf(troubles);
    }

    /** Everything that is not as it must be, a sentence each; empty if all holds. */
    List<String> problems() {
        List<String> problems = new ArrayList<>(troubles);
        if (acts.isEmpty()) {
            problems.add("no act was tried");
        }
        for (ActReport act : acts) {
            if (!act.worksWithout()) {
                problems.add(act.act() + ": did not work without Pawl, so holding it proves nothing");
            }
            if (!act.contained()) {
                problems.add(act.act() + (act.honest() ? ": honest work failed: " : ": not contained: ") + act.by());
            }
        }
        if (!kill.complete()) {
            problems.add("the kill: "
                    + (kill.problem().isEmpty()
                            ? kill.left() + " of " + kill.before() + " processes are left"
                            : kill.problem()));
        }
        if (took.compareTo(LIMIT) > 0) {
            problems.add("it took " + took.toSeconds() + " s, more than " + LIMIT.toSeconds());
        }
        return problems;
    }

    /** Whether all holds. */
    boolean holds() {
        return problems().isEmpty();
    }
}
