package dev.pawl.policy.review;

import dev.pawl.core.Boundary;
import dev.pawl.core.Decision;
import dev.pawl.policy.engine.Ids;
import dev.pawl.policy.engine.Rule;

/** Says what would have to change for a prohibition to let something through. */
final class Lifting {
    private Lifting() {}

    static String of(Decision decision, Side side) {
        String agent = side.charter().agent();
        String rule = decision.rule();
        String boundary = decision.boundary();
        if (rule.startsWith("zone.")) {
            return "the organisation would have to name " + agent + " among the agents of its zone "
                    + rule.substring("zone.".length());
        }
        if (rule.equals(Ids.LIMITS_HOSTS)) {
            return "the organisation would have to name the host under limits.hosts";
        }
        for (Rule each : side.engine().rules()) {
            if (each.id().equals(rule)
                    && !each.policy().source().isEmpty()
                    && !each.policy().source().startsWith("boundary ")) {
                return each.policy().source() + ":" + each.policy().line() + " would have to let it through";
            }
        }
        if (boundary == null) {
            return "nothing lifts this";
        }
        boolean own = side.charter().boundaries().stream().map(Boundary::id).anyMatch(boundary::equals);
        return own
                ? "this charter's own boundary would have to let it through"
                : "the organisation would have to lift " + boundary + " for " + agent;
    }
}
