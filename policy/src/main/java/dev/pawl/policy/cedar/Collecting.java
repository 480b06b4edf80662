package dev.pawl.policy.cedar;

/** Code of sets and records. */
final class Collecting {
    private Collecting() {}

    static final class SetOf implements Code {
        private final Code[] members;

        SetOf(Code[] members) {
            this.members = members;
        }

        @Override
        public Value run(Frame frame) {
            return Value.Set.of(runAll(members, frame), frame.meter);
        }
    }

    /** Names are sorted, members stand beside them. */
    static final class RecordOf implements Code {
        private final String[] names;
        private final Code[] members;

        RecordOf(String[] names, Code[] members) {
            this.names = names;
            this.members = members;
        }

        @Override
        public Value run(Frame frame) {
            return new Value.Record(names, runAll(members, frame));
        }
    }

    private static Value[] runAll(Code[] members, Frame frame) {
        Value[] values = new Value[members.length];
        frame.meter.charge(1 + values.length);
        for (int at = 0; at < values.length; at++) {
            values[at] = members[at].run(frame);
        }
        return values;
    }

    record Contains(Code set, Code member) implements Code.Test {
        @Override
        public boolean test(Frame frame) {
            frame.meter.charge(1);
            Value.Set whole = Types.set(set.run(frame));
            return Order.contains(whole, member.run(frame), frame.meter);
        }
    }

    record ContainsAll(Code set, Code part) implements Code.Test {
        @Override
        public boolean test(Frame frame) {
            frame.meter.charge(1);
            Value.Set whole = Types.set(set.run(frame));
            for (Value member : Types.set(part.run(frame)).members) {
                if (!Order.contains(whole, member, frame.meter)) {
                    return false;
                }
            }
            return true;
        }
    }

    record ContainsAny(Code left, Code right) implements Code.Test {
        @Override
        public boolean test(Frame frame) {
            frame.meter.charge(1);
            Value.Set first = Types.set(left.run(frame));
            Value.Set second = Types.set(right.run(frame));
            boolean firstIsLarger = first.members.length > second.members.length;
            Value.Set large = firstIsLarger ? first : second;
            for (Value member : (firstIsLarger ? second : first).members) {
                if (Order.contains(large, member, frame.meter)) {
                    return true;
                }
            }
            return false;
        }
    }

    record IsEmpty(Code set) implements Code.Test {
        @Override
        public boolean test(Frame frame) {
            frame.meter.charge(1);
            return Types.set(set.run(frame)).members.length == 0;
        }
    }
}
