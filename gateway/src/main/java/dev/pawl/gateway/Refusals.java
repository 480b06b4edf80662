package dev.pawl.gateway;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision;
import dev.pawl.core.Egress.Passage;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The denials the gateway gives of its own, by their rule names, which are part of the event format. */
final class Refusals {
    static final String PROTOCOL_MISMATCH = "protocol-mismatch";
    static final String BUDGET = "budget.egress";
    static final String CLOSED = "gateway-closed";
    static final String UNRESOLVED = "unresolved";
    static final String FIRST_BYTES_LATE = "first-bytes-late";
    static final String TOO_MANY_FLOWS = "too-many-flows";
    /** No denial: what an HTTP client is told where nobody takes its connection. */
    static final String UNREACHABLE = "unreachable";

    static final String MALFORMED_NAME = "malformed-name";

    private Refusals() {}

    /** A denial by the gateway. */
    static Decision deny(String rule, @Nullable String boundary, String because) {
        return new Decision(Decision.Verdict.DENY, rule, boundary, because, "gateway");
    }

    /** The first bytes are not what the grant says. */
    static Decision mismatch(Passage passage) {
        return deny(
                PROTOCOL_MISMATCH,
                "no-covert-channels",
                "The grant for port %d says %s, but the first bytes sent were not; grant the protocol that is spoken."
                        .formatted(passage.target().port(), word(passage)));
    }

    /** The first bytes did not come. */
    static Decision silent(Passage passage) {
        return deny(
                FIRST_BYTES_LATE,
                null,
                "The grant for port %d says %s, and nothing that begins it came within %d seconds."
                        .formatted(passage.target().port(), word(passage), Flow.SILENCE_SECONDS));
    }

    /** Nobody takes the connection. */
    static Decision unreachable(Attempt.Connect target, boolean late) {
        return deny(
                UNREACHABLE,
                null,
                "Pawl allowed it, but nobody at %s took a connection to port %d%s."
                        .formatted(
                                target.host().orElseGet(() -> target.address().getHostAddress()),
                                target.port(),
                                late ? " in time" : ""));
    }

    private static String word(Passage passage) {
        return passage.protocol().name().toLowerCase(Locale.ROOT);
    }
}
