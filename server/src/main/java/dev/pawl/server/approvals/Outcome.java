package dev.pawl.server.approvals;

import dev.pawl.core.Decision;
import java.net.InetAddress;
import java.util.List;

/**
 * What became of one attempt that was asked about.
 *
 * @param decision allow or deny, never ask
 * @param only the addresses a person agreed to; empty where none are bound
 */
public record Outcome(Decision decision, List<InetAddress> only) {
    /** Who decided, in events. */
    static final String BY = "approval";

    public Outcome {
        only = List.copyOf(only);
    }

    /** A denial; {@code rule} is one of those docs/approvals.md lists. */
    static Outcome deny(String rule, String because) {
        return new Outcome(new Decision(Decision.Verdict.DENY, rule, null, because, BY), List.of());
    }

    static Outcome allow(Scope scope, String because, List<InetAddress> only) {
        String rule = scope == Scope.RUN ? "approved.run" : "approved.once";
        return new Outcome(new Decision(Decision.Verdict.ALLOW, rule, null, because, BY), only);
    }
}
