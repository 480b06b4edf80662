package dev.pawl.policy.cedar;

import java.util.Locale;

/** What a policy can speak about. */
public enum Variable {
    /** Who asks. */
    PRINCIPAL,
    /** What it wants to do. */
    ACTION,
    /** With what. */
    RESOURCE,
    /** Under which circumstances. */
    CONTEXT;

    private final String keyword = name().toLowerCase(Locale.ROOT);

    /** The word of the language. */
    public String keyword() {
        return keyword;
    }
}
