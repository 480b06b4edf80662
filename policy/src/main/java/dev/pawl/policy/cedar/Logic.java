package dev.pawl.policy.cedar;

/** Code of booleans: what stops at the first operand that decides. */
final class Logic {
    private Logic() {}

    static final class And implements Code.Test {
        private final Code[] operands;

        And(Code[] operands) {
            this.operands = operands;
        }

        @Override
        public boolean test(Frame frame) {
            for (Code operand : operands) {
                frame.meter.charge(1);
                if (!operand.test(frame)) {
                    return false;
                }
            }
            return true;
        }
    }

    static final class Or implements Code.Test {
        private final Code[] operands;

        Or(Code[] operands) {
            this.operands = operands;
        }

        @Override
        public boolean test(Frame frame) {
            for (Code operand : operands) {
                frame.meter.charge(1);
                if (operand.test(frame)) {
                    return true;
                }
            }
            return false;
        }
    }

    record Not(Code operand) implements Code.Test {
        @Override
        public boolean test(Frame frame) {
            frame.meter.charge(1);
            return !operand.test(frame);
        }
    }

    record If(Code condition, Code then, Code otherwise) implements Code {
        @Override
        public Value run(Frame frame) {
            frame.meter.charge(1);
            return condition.test(frame) ? then.run(frame) : otherwise.run(frame);
        }

        @Override
        public boolean test(Frame frame) {
            frame.meter.charge(1);
            return condition.test(frame) ? then.test(frame) : otherwise.test(frame);
        }
    }
}
