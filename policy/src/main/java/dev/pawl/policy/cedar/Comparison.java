package dev.pawl.policy.cedar;

/** Code of {@code ==}, {@code <} and their kin. */
final class Comparison {
    private Comparison() {}

    record Same(Code left, Code right, boolean wanted) implements Code.Test {
        @Override
        public boolean test(Frame frame) {
            frame.meter.charge(1);
            return Order.same(left.run(frame), right.run(frame), frame.meter) == wanted;
        }
    }

    record Ordered(Operator operator, Code left, Code right) implements Code.Test {
        @Override
        public boolean test(Frame frame) {
            frame.meter.charge(1);
            int order = compare(left.run(frame), right.run(frame));
            return switch (operator) {
                case LESS -> order < 0;
                case AT_MOST -> order <= 0;
                case MORE -> order > 0;
                case AT_LEAST -> order >= 0;
                case EQUAL, NOT_EQUAL, IN, PLUS, MINUS, TIMES -> throw new IllegalStateException(operator.symbol());
            };
        }

        private static int compare(Value left, Value right) {
            return switch (left) {
                case Value.Int number -> Long.compare(number.value(), Types.integer(right));
                case Value.Datetime datetime -> Long.compare(datetime.milliseconds(), Types.datetime(right));
                case Value.Duration duration -> Long.compare(duration.milliseconds(), Types.duration(right));
                case Value.Bool _ -> throw unordered(left);
                case Value.Text _ -> throw unordered(left);
                case EntityUid _ -> throw unordered(left);
                case Value.Set _ -> throw unordered(left);
                case Value.Record _ -> throw unordered(left);
                case Value.Ip _ -> throw unordered(left);
                case Value.Decimal _ -> throw unordered(left);
            };
        }

        private static CannotEvaluate unordered(Value value) {
            return Types.wrong("a number, a datetime or a duration", value);
        }
    }
}
