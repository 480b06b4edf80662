package dev.pawl.gateway;

import dev.pawl.core.Decision;
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
}
