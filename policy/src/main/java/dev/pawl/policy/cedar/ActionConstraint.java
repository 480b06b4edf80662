package dev.pawl.policy.cedar;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the head of a policy says about its action.
 *
 * <p>Equality is written out, as in {@link EntityUid}: these are keys while a set is divided, and what a record does by
 * itself takes milliseconds to be linked, for which every start of a run would wait.
 */
public sealed interface ActionConstraint {
    /** Nothing. */
    record Any() implements ActionConstraint {}

    /** {@code == uid}. */
    record Equal(EntityUid uid) implements ActionConstraint {
        @Override
        public int hashCode() {
            return 1 + 31 * uid.hashCode();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other || (other instanceof Equal that && uid.equals(that.uid));
        }
    }

    /** {@code in group}. */
    record In(EntityUid group) implements ActionConstraint {
        @Override
        public int hashCode() {
            return 2 + 31 * group.hashCode();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other || (other instanceof In that && group.equals(that.group));
        }
    }

    /** {@code in [a, b]}; an empty list matches no action. */
    record InAny(List<EntityUid> groups) implements ActionConstraint {
        /** Copies the list. */
        public InAny {
            groups = List.copyOf(groups);
        }

        @Override
        public int hashCode() {
            return 3 + 31 * groups.hashCode();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other || (other instanceof InAny that && groups.equals(that.groups));
        }
    }
}
