package dev.pawl.policy.review;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision;
import dev.pawl.core.Protocol;
import dev.pawl.core.Terms;
import dev.pawl.policy.engine.Ids;
import java.util.Optional;

/**
 * What an engine said to one attempt, as far as it makes a difference.
 *
 * @param standing whether it is allowed, and if not, whether a person or a grant could change that
 * @param protocol what may flow, at once or after a yes, where that is part of the answer
 * @param decision the whole answer
 */
record Seen(Standing standing, Optional<Protocol> protocol, Decision decision) {
    /** From never to now. */
    enum Standing {
        /** A prohibition matches: no grant opens it. */
        REFUSED,
        /** Nothing grants it. */
        NOT_GRANTED,
        /** A person may say yes. */
        ASKED,
        ALLOWED
    }

    /** Whether the step from this to {@code after} gives the agent more, less, or something else. */
    Sign to(Seen after) {
        int step = after.standing.compareTo(standing);
        if (step != 0) {
            return step > 0 ? Sign.LOOSER : Sign.TIGHTER;
        }
        if (protocol.equals(after.protocol)) {
            return Sign.SAME;
        }
        if (after.protocol.equals(Optional.of(Protocol.TCP)) || after.protocol.isEmpty()) {
            return Sign.LOOSER;
        }
        boolean wider = protocol.equals(Optional.of(Protocol.TCP)) || protocol.isEmpty();
        return wider ? Sign.TIGHTER : Sign.EITHER;
    }

    static Seen of(Attempt attempt, Side side) {
        Decision decision = side.decide(attempt);
        Standing standing = switch (decision.verdict()) {
            case ALLOW -> Standing.ALLOWED;
            case ASK -> Standing.ASKED;
            case DENY -> decision.rule().equals(Ids.DEFAULT) ? Standing.NOT_GRANTED : Standing.REFUSED;
        };
        boolean flows = attempt instanceof Attempt.Connect && decision.verdict() != Decision.Verdict.DENY;
        return new Seen(
                standing,
                flows ? side.engine().termsOf(decision.rule()).map(Terms::protocol) : Optional.empty(),
                decision);
    }
}
