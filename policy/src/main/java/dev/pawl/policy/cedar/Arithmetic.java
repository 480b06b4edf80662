package dev.pawl.policy.cedar;

/** Code of numbers; what does not fit into 64 bits is an error. */
final class Arithmetic {
    private Arithmetic() {}

    record Operation(Operator operator, Code left, Code right) implements Code {
        @Override
        public Value run(Frame frame) {
            frame.meter.charge(1);
            long first = Types.integer(left.run(frame));
            long second = Types.integer(right.run(frame));
            try {
                return new Value.Int(
                        switch (operator) {
                            case PLUS -> Math.addExact(first, second);
                            case MINUS -> Math.subtractExact(first, second);
                            case TIMES -> Math.multiplyExact(first, second);
                            case EQUAL, NOT_EQUAL, LESS, AT_MOST, MORE, AT_LEAST, IN ->
                                throw new IllegalStateException(operator.symbol());
                        });
            } catch (ArithmeticException _) {
                throw new CannotEvaluate("overflow in " + first + " " + operator.symbol() + " " + second);
            }
        }
    }

    record Negate(Code operand) implements Code {
        @Override
        public Value run(Frame frame) {
            frame.meter.charge(1);
            long number = Types.integer(operand.run(frame));
            if (number == Long.MIN_VALUE) {
                throw new CannotEvaluate("overflow in -(" + number + ")");
            }
            return new Value.Int(-number);
        }
    }
}
