package dev.pawl.policy.cedar;

/** What a satisfied policy does. */
public enum Effect {
    /** Allows, unless a forbid is satisfied too. */
    PERMIT("permit"),
    /** Denies, whatever is permitted. */
    FORBID("forbid");

    private final String keyword;

    Effect(String keyword) {
        this.keyword = keyword;
    }

    /** The word of the language. */
    public String keyword() {
        return keyword;
    }
}
