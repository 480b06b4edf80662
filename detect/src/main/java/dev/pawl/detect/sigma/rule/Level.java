package dev.pawl.detect.sigma.rule;

import java.util.Locale;

/** How much a match matters, lowest first. */
public enum Level {
    INFORMATIONAL,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    /** As written in rules. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
