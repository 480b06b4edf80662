package dev.pawl.policy.cedar;

/** Code of addresses, decimals, moments and durations. */
final class Extensions {
    private static final long DAY = 86_400_000;

    private Extensions() {}

    record Unary(Function function, Code operand) implements Code {
        @Override
        public Value run(Frame frame) {
            Value value = operand.run(frame);
            frame.meter.charge(
                    value instanceof Value.Text text ? 8 + (text.value().length() >>> 3) : 1);
            return switch (function) {
                case IP -> IpText.read(Types.text(value));
                case DECIMAL -> DecimalText.read(Types.text(value));
                case DATETIME -> DatetimeText.read(Types.text(value));
                case DURATION -> DurationText.read(Types.text(value));
                case IS_IPV4 -> Value.Bool.of(!Types.ip(value).version6());
                case IS_IPV6 -> Value.Bool.of(Types.ip(value).version6());
                case IS_LOOPBACK -> Value.Bool.of(loopback(Types.ip(value)));
                case IS_MULTICAST -> Value.Bool.of(multicast(Types.ip(value)));
                case TO_DATE -> new Value.Datetime(midnight(Types.datetime(value)));
                case TO_TIME -> new Value.Duration(Math.floorMod(Types.datetime(value), DAY));
                case TO_MILLISECONDS -> new Value.Int(Types.duration(value));
                case TO_SECONDS -> new Value.Int(Types.duration(value) / 1000);
                case TO_MINUTES -> new Value.Int(Types.duration(value) / 60_000);
                case TO_HOURS -> new Value.Int(Types.duration(value) / 3_600_000);
                case TO_DAYS -> new Value.Int(Types.duration(value) / DAY);
                case CONTAINS,
                        CONTAINS_ALL,
                        CONTAINS_ANY,
                        IS_EMPTY,
                        GET_TAG,
                        HAS_TAG,
                        IS_IN_RANGE,
                        LESS_THAN,
                        LESS_THAN_OR_EQUAL,
                        GREATER_THAN,
                        GREATER_THAN_OR_EQUAL,
                        OFFSET,
                        DURATION_SINCE -> throw new IllegalStateException(function.title());
            };
        }
    }

    record Binary(Function function, Code left, Code right) implements Code {
        @Override
        public Value run(Frame frame) {
            Value first = left.run(frame);
            Value second = right.run(frame);
            frame.meter.charge(1);
            return switch (function) {
                case IS_IN_RANGE -> Value.Bool.of(within(Types.ip(first), Types.ip(second)));
                case LESS_THAN -> Value.Bool.of(Types.decimal(first) < Types.decimal(second));
                case LESS_THAN_OR_EQUAL -> Value.Bool.of(Types.decimal(first) <= Types.decimal(second));
                case GREATER_THAN -> Value.Bool.of(Types.decimal(first) > Types.decimal(second));
                case GREATER_THAN_OR_EQUAL -> Value.Bool.of(Types.decimal(first) >= Types.decimal(second));
                case OFFSET -> new Value.Datetime(sum(Types.datetime(first), Types.duration(second)));
                case DURATION_SINCE -> new Value.Duration(difference(Types.datetime(first), Types.datetime(second)));
                case IP,
                        DECIMAL,
                        DATETIME,
                        DURATION,
                        CONTAINS,
                        CONTAINS_ALL,
                        CONTAINS_ANY,
                        IS_EMPTY,
                        GET_TAG,
                        HAS_TAG,
                        IS_IPV4,
                        IS_IPV6,
                        IS_LOOPBACK,
                        IS_MULTICAST,
                        TO_DATE,
                        TO_TIME,
                        TO_MILLISECONDS,
                        TO_SECONDS,
                        TO_MINUTES,
                        TO_HOURS,
                        TO_DAYS -> throw new IllegalStateException(function.title());
            };
        }
    }

    private static boolean loopback(Value.Ip ip) {
        return ip.version6()
                ? ip.high() == 0 && ip.low() == 1 && ip.prefix() == 128
                : ip.low() >>> 24 == 127 && ip.prefix() >= 8;
    }

    private static boolean multicast(Value.Ip ip) {
        return ip.version6()
                ? ip.high() >>> 56 == 0xff && ip.prefix() >= 8
                : ip.low() >>> 28 == 0xe && ip.prefix() >= 4;
    }

    /** Whether all addresses of {@code inner} are addresses of {@code outer}. */
    private static boolean within(Value.Ip inner, Value.Ip outer) {
        if (inner.version6() != outer.version6() || inner.prefix() < outer.prefix()) {
            return false;
        }
        int prefix = outer.version6() ? outer.prefix() : outer.prefix() + 96;
        return ((inner.high() ^ outer.high()) & mask(Math.min(prefix, 64))) == 0
                && ((inner.low() ^ outer.low()) & mask(Math.max(prefix - 64, 0))) == 0;
    }

    /** The first {@code bits} of 64. */
    private static long mask(int bits) {
        return bits == 0 ? 0 : -1L << (64 - bits);
    }

    private static long midnight(long moment) {
        return difference(moment, Math.floorMod(moment, DAY));
    }

    private static long sum(long moment, long duration) {
        try {
            return Math.addExact(moment, duration);
        } catch (ArithmeticException _) {
            throw new CannotEvaluate("the datetime is too far away");
        }
    }

    private static long difference(long later, long earlier) {
        try {
            return Math.subtractExact(later, earlier);
        } catch (ArithmeticException _) {
            throw new CannotEvaluate("the datetimes are too far apart");
        }
    }
}
