package dev.pawl.policy.cedar;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Code of {@code in} and {@code is}. */
final class Membership {
    private Membership() {}

    record In(Code left, Code right) implements Code.Test {
        @Override
        public boolean test(Frame frame) {
            frame.meter.charge(1);
            EntityUid uid = Types.entity(left.run(frame));
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
            return found || below(frame.find(uid), set);
        }

        private static boolean below(@Nullable Entity entity, Value.Set set) {
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

    record InOne(Code left, EntityUid group) implements Code.Test {
        @Override
        public boolean test(Frame frame) {
            frame.meter.charge(1);
            return frame.in(Types.entity(left.run(frame)), group);
        }
    }

    /** A set known when the policy was compiled: asked through the ancestors, which are few. */
    record InKnown(Code left, Set<EntityUid> groups) implements Code.Test {
        @Override
        public boolean test(Frame frame) {
            frame.meter.charge(1);
            EntityUid uid = Types.entity(left.run(frame));
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

    record Is(Code target, String type) implements Code.Test {
        @Override
        public boolean test(Frame frame) {
            frame.meter.charge(1);
            return Types.entity(target.run(frame)).type().equals(type);
        }
    }
}
