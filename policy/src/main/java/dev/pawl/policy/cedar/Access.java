package dev.pawl.policy.cedar;

import org.jspecify.annotations.Nullable;

/** Code of variables and of what is reached through a point. */
final class Access {
    private Access() {}

    record Principal() implements Code {
        @Override
        public Value run(Frame frame) {
            return frame.request.principal();
        }
    }

    record Action() implements Code {
        @Override
        public Value run(Frame frame) {
            return frame.request.action();
        }
    }

    record Resource() implements Code {
        @Override
        public Value run(Frame frame) {
            return frame.request.resource();
        }
    }

    record Context() implements Code {
        @Override
        public Value run(Frame frame) {
            return frame.request.context();
        }
    }

    record Attribute(Code target, String name) implements Code {
        @Override
        public Value run(Frame frame) {
            Value value = target.run(frame);
            Value.Record record = record(frame, value);
            if (record == null) {
                throw new CannotEvaluate("there is no entity " + Types.shown(Types.entity(value)));
            }
            Value found = record.get(name);
            if (found == null) {
                throw new CannotEvaluate("there is no attribute " + Shown.shorten(name));
            }
            return found;
        }
    }

    /** Each name but the last must lead to a record or an entity. */
    static final class Has implements Code.Test {
        private final Code target;
        private final String[] path;

        Has(Code target, String[] path) {
            this.target = target;
            this.path = path;
        }

        @Override
        public boolean test(Frame frame) {
            Value value = target.run(frame);
            for (String name : path) {
                Value.Record record = record(frame, value);
                Value found = record == null ? null : record.get(name);
                if (found == null) {
                    return false;
                }
                value = found;
            }
            return true;
        }
    }

    /** The fields of a record or the attributes of an entity; null if the entity is not known. */
    private static Value.@Nullable Record record(Frame frame, Value value) {
        if (value instanceof Value.Record record) {
            charge(frame, record);
            return record;
        }
        if (value instanceof EntityUid uid) {
            Entity entity = frame.find(uid);
            if (entity == null) {
                return null;
            }
            charge(frame, entity.attributes());
            return entity.attributes();
        }
        throw Types.wrong("a record or an entity", value);
    }

    /** Few names are looked through, many halved. */
    private static void charge(Frame frame, Value.Record record) {
        frame.meter.charge(record.names.length <= Order.FEW ? 1 : 4);
    }

    record GetTag(Code target, Code name) implements Code {
        @Override
        public Value run(Frame frame) {
            EntityUid uid = Types.entity(target.run(frame));
            String tag = Types.text(name.run(frame));
            Entity entity = frame.find(uid);
            if (entity == null) {
                throw new CannotEvaluate("there is no entity " + Types.shown(uid));
            }
            charge(frame, entity.tags());
            Value found = entity.tags().get(tag);
            if (found == null) {
                throw new CannotEvaluate("there is no tag " + Shown.shorten(tag));
            }
            return found;
        }
    }

    record HasTag(Code target, Code name) implements Code.Test {
        @Override
        public boolean test(Frame frame) {
            EntityUid uid = Types.entity(target.run(frame));
            String tag = Types.text(name.run(frame));
            Entity entity = frame.find(uid);
            if (entity == null) {
                return false;
            }
            charge(frame, entity.tags());
            return entity.tags().get(tag) != null;
        }
    }
}
