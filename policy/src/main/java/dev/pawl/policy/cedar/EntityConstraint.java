package dev.pawl.policy.cedar;

import org.jspecify.annotations.Nullable;

/**
 * What the head of a policy says about its principal or its resource.
 *
 * <p>Equality is written out, as in {@link EntityUid}: these are keys while a set is divided, and what a record does by
 * itself takes milliseconds to be linked, for which every start of a run would wait.
 */
public sealed interface EntityConstraint {
    /** Nothing. */
    record Any() implements EntityConstraint {}

    /** {@code == uid}. */
    record Equal(EntityUid uid) implements EntityConstraint {
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
    record In(EntityUid group) implements EntityConstraint {
        @Override
        public int hashCode() {
            return 2 + 31 * group.hashCode();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other || (other instanceof In that && group.equals(that.group));
        }
    }

    /** {@code is type}. */
    record Is(String type) implements EntityConstraint {
        @Override
        public int hashCode() {
            return 3 + 31 * type.hashCode();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other || (other instanceof Is that && type.equals(that.type));
        }
    }

    /** {@code is type in group}. */
    record IsIn(String type, EntityUid group) implements EntityConstraint {}
}
