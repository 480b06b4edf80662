package dev.pawl.gateway.inspect;

import dev.pawl.core.Decision;
import org.jspecify.annotations.Nullable;

/** The denials that inspection gives of its own, by their rule names, which are part of the event format. */
final class Denials {
    static final String MALFORMED = "request-malformed";
    static final String LATE = "request-late";
    static final String UPLOAD = "upload";
    static final String CERTIFICATE = "upstream-certificate";
    static final String SERVER = "upstream-failed";
    static final String UNTRUSTED = "authority-not-trusted";
    static final String BROKEN = "inspection-failed";

    /** What to do about {@link #MALFORMED}. */
    static final String CLEARLY = "send a request that can be read in one way only.";

    private Denials() {}

    /** The status of HTTP that says it to an agent whose request was begun. */
    static int status(Decision why) {
        return switch (why.rule()) {
            case SERVER, CERTIFICATE -> 502;
            case MALFORMED -> 400;
            case UPLOAD -> 413;
            default -> 403;
        };
    }

    static Decision deny(String rule, String because) {
        return new Decision(Decision.Verdict.DENY, rule, null, because, "gateway");
    }

    static Decision malformed(String reason) {
        return deny(MALFORMED, "Not forwarded: " + reason + ".");
    }

    static Decision late(Limits limits) {
        return deny(
                LATE,
                "The head of a request was not complete within " + limits.head().toSeconds() + " seconds.");
    }

    static Decision upload(long most) {
        return deny(UPLOAD, "A request may send at most " + most + " bytes under this grant.");
    }

    /** What the server sent is no answer, or none came. */
    static Decision server(String reason) {
        return deny(SERVER, "Pawl forwarded it, but " + reason + ".");
    }

    static Decision certificate(String host, String check) {
        return deny(CERTIFICATE, "The server's certificate is not one for " + host + ": " + check);
    }

    static Decision untrusted(String detail) {
        return deny(
                UNTRUSTED,
                "The client does not trust the run's authority: it pins another certificate, or reads another bundle than the"
                        + " run's variables name (" + detail + ").");
    }

    static Decision broken(@Nullable Throwable cause) {
        String what = cause == null ? "no answer" : cause.getClass().getSimpleName();
        return deny(BROKEN, "Inspection failed: " + what + ".");
    }
}
