package dev.pawl.gateway.leak;

import dev.pawl.core.Decision;
import dev.pawl.gateway.leak.read.Found.Leak;
import dev.pawl.gateway.leak.read.Unreadable;

/** The denials of this package. Their words name what was found and where, and never what it says. */
final class Refused {
    static final String UNREADABLE = "leak.unreadable";

    private static final String BOUNDARY = "no-data-exfiltration";

    private Refused() {}

    /** {@code what}: the name, the flow or the request that carries it. */
    static Decision leak(Leak leak, String what) {
        String kind = leak.finding().kind();
        return deny("leak." + kind, "%s carries %s (%s).".formatted(what, words(kind), leak.place()));
    }

    static Decision unreadable(Unreadable unreadable) {
        return deny(UNREADABLE, unreadable.getMessage() + " What cannot be looked into does not leave.");
    }

    static Decision unreadable(String because) {
        return deny(UNREADABLE, because);
    }

    private static Decision deny(String rule, String because) {
        return new Decision(Decision.Verdict.DENY, rule, BOUNDARY, because, "gateway");
    }

    private static String words(String kind) {
        return switch (kind) {
            case "decoy" -> "a decoy, which only a search for credentials finds";
            case "placeholder" -> "the placeholder of a secret outside its place";
            case "secret" -> "the value of a secret";
            case "marked-file" -> "a part of a marked file";
            case "password" -> "what looks like a password or key";
            case "url-password", "database-url" -> "an address with a password";
            case "jwt" -> "what looks like a signed token";
            default -> "what looks like a " + kind.replace('-', ' ');
        };
    }
}
