package dev.pawl.policy.review;

/** How the attempts a later policy is about lie to those an earlier one is about. */
enum Relation {
    SAME,
    /** All of them and maybe more. */
    WIDER,
    /** None but them. */
    NARROWER,
    /** Neither is certain. */
    UNKNOWN;

    /** For two that are about what both parts are about. */
    Relation and(Relation other) {
        if (this == SAME) {
            return other;
        }
        return other == SAME || other == this ? this : UNKNOWN;
    }

    static Relation of(boolean wider, boolean narrower) {
        if (wider && narrower) {
            return SAME;
        }
        return wider ? WIDER : narrower ? NARROWER : UNKNOWN;
    }
}
