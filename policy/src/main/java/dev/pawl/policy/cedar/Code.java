package dev.pawl.policy.cedar;

/** An expression ready to run. Immutable. */
interface Code {
    /** The value; throws {@link CannotEvaluate}. */
    Value run(Frame frame);

    /** The value where the language wants a boolean. */
    default boolean test(Frame frame) {
        return Types.bool(run(frame));
    }

    /** Code whose value is always a boolean. */
    interface Test extends Code {
        @Override
        boolean test(Frame frame);

        @Override
        default Value run(Frame frame) {
            return Value.Bool.of(test(frame));
        }
    }

    /** A value known when the policy was compiled. */
    record Constant(Value value) implements Code {
        @Override
        public Value run(Frame frame) {
            return value;
        }
    }

    /** What always fails, known when the policy was compiled; it still fails only where it is reached. */
    record Broken(String message) implements Code {
        @Override
        public Value run(Frame frame) {
            throw new CannotEvaluate(message);
        }
    }
}
