package dev.pawl.core;

import java.util.Locale;

/** What happens to a request that carries out what should stay inside. */
public enum Leaks {
    /** It is refused. */
    BLOCK,
    /** A person is asked. */
    ASK,
    /** Nobody looks. */
    OFF;

    /** As written in charters. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
