package dev.pawl.policy.review;

/** What a change means for what the agent may do. */
public enum Sign {
    /** Something is allowed, or no longer refused whatever is granted, that was not before. */
    LOOSER("looser"),
    /** Something is refused or no longer granted. */
    TIGHTER("tighter"),
    /** Both, or it cannot be told which; to be read as looser. */
    EITHER("looser or tighter"),
    /** Every attempt is decided as before. */
    SAME("same");

    private final String text;

    Sign(String text) {
        this.text = text;
    }

    /** In words. */
    public String text() {
        return text;
    }

    /** Whether somebody has to look at it before it is used. */
    public boolean looser() {
        return this == LOOSER || this == EITHER;
    }

    /** What this and another make together. */
    Sign with(Sign other) {
        if (this == SAME) {
            return other;
        }
        return other == SAME || other == this ? this : EITHER;
    }
}
