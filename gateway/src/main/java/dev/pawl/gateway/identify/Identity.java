package dev.pawl.gateway.identify;

import dev.pawl.core.Body;
import org.jspecify.annotations.Nullable;

/**
 * What a flow speaks.
 *
 * @param protocol as written in events, lower case
 * @param over what carries it (tls, http, websocket, socks), or null where it speaks for itself
 * @param dialect version or variant, or null
 * @param opening whether the side that opened the connection began it, whole and in good order
 */
public record Identity(
        String protocol,
        @Nullable String over,
        @Nullable String dialect,
        Confidence confidence,
        boolean opening,
        Details details) {
    /** Nothing known here. */
    public static final Identity UNKNOWN = new Identity("unknown", null, null, Confidence.CERTAIN, false, Details.NONE);

    static Identity certain(String protocol) {
        return new Identity(protocol, null, null, Confidence.CERTAIN, false, Details.NONE);
    }

    static Identity suspect(String protocol) {
        return new Identity(protocol, null, null, Confidence.SUSPECT, false, Details.NONE);
    }

    Identity dialect(@Nullable String name) {
        return new Identity(protocol, over, name, confidence, opening, details);
    }

    Identity details(Details more) {
        return new Identity(protocol, over, dialect, confidence, opening, more);
    }

    Identity over(String carrier) {
        return new Identity(protocol, carrier, dialect, confidence, opening, details);
    }

    Identity opened() {
        return new Identity(protocol, over, dialect, confidence, true, details);
    }

    Identity suspected() {
        return new Identity(protocol, over, dialect, Confidence.SUSPECT, opening, details);
    }

    /**
     * As events say it.
     *
     * @param speaks which protocol a grant would have to name, or null
     */
    public Body.Spoken spoken(@Nullable String speaks, Body.@Nullable Course course) {
        return new Body.Spoken(
                speaks, dialect, over, known() ? confidence.text() : null, details.sni(), details.alpn(), course);
    }

    /** Whether anything was recognised. */
    public boolean known() {
        return !protocol.equals("unknown");
    }
}
