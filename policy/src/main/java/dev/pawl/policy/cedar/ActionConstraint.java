package dev.pawl.policy.cedar;

import java.util.List;

/** What the head of a policy says about its action. */
public sealed interface ActionConstraint {
    /** Nothing. */
    record Any() implements ActionConstraint {}

    /** {@code == uid}. */
    record Equal(EntityUid uid) implements ActionConstraint {}

    /** {@code in group}. */
    record In(EntityUid group) implements ActionConstraint {}

    /** {@code in [a, b]}; an empty list matches no action. */
    record InAny(List<EntityUid> groups) implements ActionConstraint {
        /** Copies the list. */
        public InAny {
            groups = List.copyOf(groups);
        }
    }
}
