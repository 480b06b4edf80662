package dev.pawl.policy.cedar;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A part of a policy set: leads a request to the policies that can apply to it, each at most once. */
sealed interface Slice {
    /** Runs them. */
    void visit(Frame frame, Tally tally);

    /** Few enough to run them all. */
    final class Leaf implements Slice {
        private final CompiledPolicy[] policies;

        Leaf(List<CompiledPolicy> policies) {
            this.policies = policies.toArray(CompiledPolicy[]::new);
        }

        @Override
        public void visit(Frame frame, Tally tally) {
            for (CompiledPolicy policy : policies) {
                tally.run(policy);
            }
        }
    }

    /**
     * Divided by what the heads say about one of the three entities. Every policy is in one part only.
     *
     * @param equal by {@code ==}
     * @param within by {@code in}
     * @param typed by {@code is}
     * @param listed by {@code in [...]}
     * @param rest what says nothing
     */
    record Branch(
            Variable variable,
            Map<EntityUid, Slice> equal,
            Map<EntityUid, Slice> within,
            Map<String, Slice> typed,
            List<Listed> listed,
            @Nullable Slice rest)
            implements Slice {
        @Override
        public void visit(Frame frame, Tally tally) {
            EntityUid uid = uid(frame);
            visit(equal.isEmpty() ? null : equal.get(uid), frame, tally);
            visit(typed.isEmpty() ? null : typed.get(uid.type()), frame, tally);
            visit(rest, frame, tally);
            if (!within.isEmpty() || !listed.isEmpty()) {
                Entity entity = entity(frame);
                Set<EntityUid> ancestors = entity == null ? Set.of() : entity.ancestors();
                within(uid, ancestors, frame, tally);
                for (Listed one : listed) {
                    if (one.matches(uid, ancestors)) {
                        one.slice().visit(frame, tally);
                    }
                }
            }
        }

        private static void visit(@Nullable Slice slice, Frame frame, Tally tally) {
            if (slice != null) {
                slice.visit(frame, tally);
            }
        }

        /** Through the ancestors or through the groups, whichever are fewer. */
        private void within(EntityUid uid, Set<EntityUid> ancestors, Frame frame, Tally tally) {
            visit(within.get(uid), frame, tally);
            if (ancestors.size() <= within.size()) {
                for (EntityUid ancestor : ancestors) {
                    if (!ancestor.equals(uid)) {
                        visit(within.get(ancestor), frame, tally);
                    }
                }
            } else {
                within.forEach((group, slice) -> {
                    if (!group.equals(uid) && ancestors.contains(group)) {
                        slice.visit(frame, tally);
                    }
                });
            }
        }

        private EntityUid uid(Frame frame) {
            return switch (variable) {
                case PRINCIPAL -> frame.request.principal();
                case ACTION -> frame.request.action();
                case RESOURCE -> frame.request.resource();
                case CONTEXT -> throw new IllegalStateException("the context is no entity");
            };
        }

        private @Nullable Entity entity(Frame frame) {
            return switch (variable) {
                case PRINCIPAL -> frame.principal();
                case ACTION -> frame.action();
                case RESOURCE -> frame.resource();
                case CONTEXT -> throw new IllegalStateException("the context is no entity");
            };
        }
    }

    /** The policies with one and the same list of actions. */
    record Listed(List<EntityUid> groups, Slice slice) {
        boolean matches(EntityUid uid, Set<EntityUid> ancestors) {
            for (EntityUid group : groups) {
                if (group.equals(uid) || (!ancestors.isEmpty() && ancestors.contains(group))) {
                    return true;
                }
            }
            return false;
        }
    }
}
