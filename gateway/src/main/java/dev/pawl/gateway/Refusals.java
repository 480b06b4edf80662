package dev.pawl.gateway;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision;
import dev.pawl.core.Egress.Passage;
import dev.pawl.gateway.identify.Identity;
import org.jspecify.annotations.Nullable;

/** The denials the gateway gives of its own, by their rule names, which are part of the event format. */
final class Refusals {
    static final String PROTOCOL_MISMATCH = "protocol-mismatch";
    static final String NAME_MISMATCH = "name-mismatch";
    static final String BUDGET = "budget.egress";
    static final String CLOSED = "gateway-closed";
    static final String UNRESOLVED = "unresolved";
    static final String FIRST_BYTES_LATE = "first-bytes-late";
    static final String TOO_MANY_FLOWS = "too-many-flows";
    /** No denial: what an HTTP client is told where nobody takes its connection. */
    static final String UNREACHABLE = "unreachable";

    static final String MALFORMED_NAME = "malformed-name";

    private static final String COVERT = "no-covert-channels";

    private Refusals() {}

    /** A denial by the gateway. */
    static Decision deny(String rule, @Nullable String boundary, String because) {
        return new Decision(Decision.Verdict.DENY, rule, boundary, because, "gateway");
    }

    /** What is spoken is not what the grant says. */
    static Decision mismatch(Passage passage, Identity identity) {
        String spoken = identity.known() && !identity.protocol().equals(word(passage))
                ? "what is spoken there is " + identity.protocol()
                        + (identity.over() == null ? "" : " inside " + identity.over())
                : "the first bytes sent were not";
        return deny(
                PROTOCOL_MISMATCH,
                COVERT,
                "The grant for port %d says %s, but %s; grant the protocol that is spoken."
                        .formatted(passage.target().port(), word(passage), spoken));
    }

    /** The client asks for another name than the one that was granted. */
    static Decision otherName(Passage passage, @Nullable String name, boolean http) {
        String said = name == null ? (http ? "names no host, or more than one" : "names no server") : "is for " + name;
        return deny(
                NAME_MISMATCH,
                COVERT,
                "The grant is for %s on port %d, but the %s %s; connect to the name that is meant."
                        .formatted(
                                passage.target().host().orElse(""),
                                passage.target().port(),
                                http ? "request" : "TLS hello",
                                said));
    }

    /** A request that servers read in different ways. */
    static Decision malformed(Passage passage) {
        return deny(
                NAME_MISMATCH,
                COVERT,
                "The head of the request to port %d is malformed, so that it cannot be told whom it is for."
                        .formatted(passage.target().port()));
    }

    /** CONNECT, and an upgrade that is no WebSocket, make any bytes of a connection. */
    static Decision tunnel(Passage passage) {
        return deny(
                PROTOCOL_MISMATCH,
                COVERT,
                "The grant for port %d says http, and the request turns to another protocol; grant that one."
                        .formatted(passage.target().port()));
    }

    /** HTTP/2 without TLS compresses the name it is for. */
    static Decision unread(Passage passage) {
        return deny(
                NAME_MISMATCH,
                COVERT,
                "HTTP/2 without TLS on port %d hides whom it is for; speak HTTP/1.1, or use TLS."
                        .formatted(passage.target().port()));
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
                        .formatted(target.place(), target.port(), late ? " in time" : ""));
    }

    private static String word(Passage passage) {
        return passage.protocol().text();
    }
}
