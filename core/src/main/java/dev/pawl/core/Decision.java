package dev.pawl.core;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one attempt.
 *
 * @param rule what decided: a grant's id, {@code default}, or the name of a fixed rule
 * @param boundary the boundary that stands behind a denial, or null
 * @param because one sentence for a human
 * @param by the part that decided: policy, gateway, kernel or approval
 */
public record Decision(
        Verdict verdict, String rule, @Nullable String boundary, String because, String by) {
    /** What happens to an attempt. */
    public enum Verdict {
        ALLOW,
        DENY,
        /** A person has to say yes first; until then the attempt may not go on. */
        ASK;

        /** As written in events. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether the attempt may go on now. */
    public boolean allowed() {
        return verdict == Verdict.ALLOW;
    }

    /** Whether the attempt is over, with a no. */
    public boolean denied() {
        return verdict == Verdict.DENY;
    }

    /** An allowing decision of the policy. */
    public static Decision allow(String rule, String because) {
        return new Decision(Verdict.ALLOW, rule, null, because, "policy");
    }

    /** The policy wants a person to decide; {@code because} is what it says to her. */
    public static Decision ask(String rule, String because) {
        return new Decision(Verdict.ASK, rule, null, because, "policy");
    }

    /** A denying decision of the policy. */
    public static Decision deny(String rule, @Nullable String boundary, String because) {
        return new Decision(Verdict.DENY, rule, boundary, because, "policy");
    }
}
