package dev.pawl.gateway;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision;
import dev.pawl.core.Egress.Passage;
import dev.pawl.core.Protocol;
import dev.pawl.gateway.identify.Confidence;
import dev.pawl.gateway.identify.Details;
import dev.pawl.gateway.identify.Identifier;
import dev.pawl.gateway.identify.Identity;
import org.jspecify.annotations.Nullable;

/** Whether what a flow speaks is what its grant says, for the name it was granted for. Stateless. */
final class Gate {
    /** What comes of the first bytes. */
    sealed interface Answer {}

    /** They may go on. */
    record Open() implements Answer {}

    /** More have to be seen. */
    record Wait() implements Answer {}

    /** They may not. */
    record Refused(Decision denial) implements Answer {}

    private static final Answer OPEN = new Open();
    private static final Answer WAIT = new Wait();

    private Gate() {}

    /** Whether a server of this protocol may speak before the client did. */
    static boolean serverFirst(Protocol protocol) {
        return switch (protocol) {
            case TCP, SSH, MYSQL, SMTP -> true;
            case TLS, HTTP, GIT, POSTGRESQL, REDIS, DNS -> false;
        };
    }

    /** Judges first bytes, before any of the client's goes on. */
    static Answer first(Passage passage, Identifier identifier) {
        Protocol granted = passage.protocol();
        Identity identity = identifier.identity();
        if (granted == Protocol.TCP) {
            return OPEN;
        }
        if (granted.text().equals(identity.protocol()) || carried(granted, identity)) {
            return begun(passage, identity);
        }
        boolean other = identity.known() && identity.confidence() == Confidence.CERTAIN;
        return other || identifier.refuted(granted.text()) ? new Refused(Refusals.mismatch(passage, identity)) : WAIT;
    }

    private static Answer begun(Passage passage, Identity identity) {
        return switch (passage.protocol()) {
            case TLS -> identity.opening() ? named(passage, sni(identity), false) : WAIT;
            case HTTP -> http(passage, identity);
            case TCP, SSH, GIT, POSTGRESQL, MYSQL, REDIS, SMTP, DNS -> OPEN;
        };
    }

    private static @Nullable String sni(Identity identity) {
        return identity.details().sni();
    }

    private static Answer http(Passage passage, Identity identity) {
        String dialect = identity.dialect();
        if (dialect != null) {
            switch (dialect) {
                case "h2" -> {
                    boolean read = passage.terms().inspection().isPresent();
                    boolean unnamed = passage.target().host().isEmpty();
                    return read || unnamed ? OPEN : new Refused(Refusals.unread(passage));
                }
                case "connect" -> {
                    return new Refused(Refusals.tunnel(passage));
                }
                case "malformed" -> {
                    return new Refused(Refusals.malformed(passage));
                }
                case "proxy", "git", "json-rpc", "h2c", "tls" -> {}
                default -> {
                    if (!identity.protocol().equals("websocket")
                            && !identity.protocol().equals("stratum")) {
                        return new Refused(Refusals.tunnel(passage));
                    }
                }
            }
        }
        if (!identity.opening()) {
            return WAIT;
        }
        Details details = identity.details();
        boolean port = details.port() < 0 || details.port() == passage.target().port();
        return named(passage, port ? details.host() : details.host() + ":" + details.port(), true);
    }

    /** A name that was granted is the one that has to be asked for; a raw address has none. */
    private static Answer named(Passage passage, @Nullable String name, boolean http) {
        Attempt.Connect target = passage.target();
        if (target.host().isEmpty() || target.host().get().equals(name)) {
            return OPEN;
        }
        return new Refused(Refusals.otherName(passage, name, http));
    }

    /** Judges what was learned after the first bytes went on; null where nothing stands against it. */
    static @Nullable Decision later(Passage passage, Identity identity) {
        Protocol granted = passage.protocol();
        if (granted == Protocol.TCP) {
            return null;
        }
        boolean same = granted.text().equals(identity.protocol()) || carried(granted, identity);
        if (!same) {
            return identity.known() && identity.confidence() == Confidence.SUSPECT
                    ? null
                    : Refusals.mismatch(passage, identity);
        }
        // A later request may be for another host, and what came may turn out to be no opening after all.
        return switch (begun(passage, identity)) {
            case Open _ -> null;
            case Wait _ -> Refusals.mismatch(passage, identity);
            case Refused(Decision denial) -> denial;
        };
    }

    /** A WebSocket begins as a request of HTTP; what is only suspected inside a carrier does not make it another. */
    private static boolean carried(Protocol granted, Identity identity) {
        boolean inHttp = "http".equals(identity.over()) || "websocket".equals(identity.over());
        boolean suspected = identity.confidence() == Confidence.SUSPECT;
        return switch (granted) {
            case HTTP -> identity.protocol().equals("websocket") || (inHttp && suspected);
            case TLS -> "tls".equals(identity.over()) && suspected;
            case TCP, SSH, GIT, POSTGRESQL, MYSQL, REDIS, SMTP, DNS -> false;
        };
    }

    /** The narrowest protocol a grant would have to name for this flow; null where nobody spoke. */
    static @Nullable Protocol narrowest(Passage passage, Identity identity, boolean silent) {
        if (silent) {
            return null;
        }
        for (Protocol protocol : Protocol.values()) {
            if (protocol != Protocol.TCP && fits(passage, protocol, identity)) {
                return protocol;
            }
        }
        return Protocol.TCP;
    }

    private static boolean fits(Passage passage, Protocol protocol, Identity identity) {
        if (!protocol.text().equals(identity.protocol()) && !carried(protocol, identity)) {
            return false;
        }
        return switch (protocol) {
            case TLS -> identity.opening() && named(passage, sni(identity), false) instanceof Open;
            case HTTP -> http(passage, identity) instanceof Open;
            case TCP, SSH, GIT, POSTGRESQL, MYSQL, REDIS, SMTP, DNS -> identity.confidence() == Confidence.CERTAIN;
        };
    }
}
