package dev.pawl.gateway.identify;

import java.util.Locale;

/** How sure an identity is. */
public enum Confidence {
    /** The bytes are what the specification says, in enough places. */
    CERTAIN,
    /** They have its shape, and other things may have that too. */
    SUSPECT;

    /** As written in events. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
