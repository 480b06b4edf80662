package dev.pawl.policy.review;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision;
import dev.pawl.core.Protocol;
import dev.pawl.policy.CharterText;
import java.util.Optional;

/** An attempt that two policies decide differently. */
record Difference(Attempt attempt, Seen before, Seen after) {
    Sign sign() {
        return before.to(after);
    }

    /** One clause: the attempt, how it was decided and how it is now. */
    String text() {
        String what = AttemptText.of(attempt);
        if (before.standing() == after.standing()) {
            return what + " may carry " + carried(after) + ", before " + carried(before);
        }
        return what + " "
                + switch (before.standing()) {
                    case ALLOWED -> "was allowed";
                    case ASKED -> "asked a person";
                    case NOT_GRANTED -> "was not granted";
                    case REFUSED -> "was refused by " + refusing(before.decision());
                }
                + ", now "
                + switch (after.standing()) {
                    case ALLOWED -> "is allowed";
                    case ASKED -> "asks a person";
                    case NOT_GRANTED ->
                        before.standing() == Seen.Standing.REFUSED ? "only lacks a grant" : "is not granted";
                    case REFUSED -> "is refused by " + refusing(after.decision());
                };
    }

    private static String carried(Seen seen) {
        Optional<Protocol> protocol = seen.protocol().filter(each -> each != Protocol.TCP);
        return protocol.map(each -> CharterText.text(each)).orElse("any bytes");
    }

    /** The boundary if there is one: people know it by that name. */
    static String refusing(Decision decision) {
        String boundary = decision.boundary();
        return boundary == null || decision.rule().equals(boundary) ? decision.rule() : boundary;
    }
}
