package dev.pawl.server.approvals;

import java.util.Locale;
import java.util.Optional;

/** What a yes is good for. Never beyond the run it was given in. */
public enum Scope {
    /** One attempt. */
    ONCE,
    /** The same act, as often as it is tried in this run. */
    RUN,
    /** One attempt; and a person is told the line that would grant it in the charter. Nothing is written by itself. */
    CHARTER;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The scope of this name. */
    public static Optional<Scope> of(String text) {
        for (Scope scope : values()) {
            if (scope.text().equals(text)) {
                return Optional.of(scope);
            }
        }
        return Optional.empty();
    }
}
