package dev.pawl.policy.cedar;

/** What the head of a policy says about its principal or its resource. */
public sealed interface EntityConstraint {
    /** Nothing. */
    record Any() implements EntityConstraint {}

    /** {@code == uid}. */
    record Equal(EntityUid uid) implements EntityConstraint {}

    /** {@code in group}. */
    record In(EntityUid group) implements EntityConstraint {}

    /** {@code is type}. */
    record Is(String type) implements EntityConstraint {}

    /** {@code is type in group}. */
    record IsIn(String type, EntityUid group) implements EntityConstraint {}
}
