package dev.pawl.policy.cedar;

import java.util.Set;

/** Code of {@code in} and {@code is}. */
final class Membership {
    private Membership() {}

    /** What stands on the right of {@code in}. */
    sealed interface Group {
        /** Whether {@code uid} is it, one of it, or below it. */
        boolean has(EntityUid uid, Frame frame);
    }

    /** One entity known when the policy was compiled. */
    record One(EntityUid group) implements Group {
        @Override
        public boolean has(EntityUid uid, Frame frame) {
            return frame.in(uid, group);
        }
    }

    /** A set known when the policy was compiled: asked through the ancestors, which are few. */
    record Known(Set<EntityUid> groups) implements Group {
        @Override
        public boolean has(EntityUid uid, Frame frame) {
            if (groups.contains(uid)) {
                return true;
            }
            Entity entity = frame.find(uid);
            if (entity == null) {
                return false;
            }
            frame.meter.charge(entity.ancestors().size());
            for (EntityUid ancestor : entity.ancestors()) {
                if (groups.contains(ancestor)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** What only the request tells. */
    record Computed(Code right) implements Group {
        @Override
        public boolean has(EntityUid uid, Frame frame) {
            Value group = right.run(frame);
            if (group instanceof EntityUid one) {
                return frame.in(uid, one);
            }
            if (!(group instanceof Value.Set set)) {
                throw Types.wrong("an entity or a set of entities", group);
            }
            // Every member must be an entity, also behind one that matches.
            frame.meter.charge(set.members.length);
            boolean found = false;
            for (Value member : set.members) {
                found |= Types.entity(member).equals(uid);
            }
            return found || below(uid, set, frame);
        }

        private static boolean below(EntityUid uid, Value.Set set, Frame frame) {
            Entity entity = frame.find(uid);
            if (entity == null || entity.ancestors().isEmpty()) {
                return false;
            }
            for (Value member : set.members) {
                if (entity.ancestors().contains(Types.entity(member))) {
                    return true;
                }
            }
            return false;
        }
    }

    record In(Code left, Group group) implements Code.Test {
        @Override
        public boolean test(Frame frame) {
            frame.meter.charge(1);
            return group.has(Types.entity(left.run(frame)), frame);
        }
    }

    record Is(Code target, String type) implements Code.Test {
        @Override
        public boolean test(Frame frame) {
            frame.meter.charge(1);
            return Types.entity(target.run(frame)).type().equals(type);
        }
    }

    /** Looks at the group only if the type is right. */
    record IsIn(Code target, String type, Group group) implements Code.Test {
        @Override
        public boolean test(Frame frame) {
            frame.meter.charge(1);
            EntityUid uid = Types.entity(target.run(frame));
            return uid.type().equals(type) && group.has(uid, frame);
        }
    }
}
