package dev.pawl.policy.cedar;

import java.util.Arrays;

/**
 * One order over all values, and equality that charges for what it looks at.
 *
 * <p>The order has no meaning in the language. It exists so that a set can be searched by halving.
 */
final class Order {
    /** Fewer names than this are searched one by one, which is faster. */
    static final int FEW = 8;

    private Order() {}

    /** Where {@code name} stands in {@code sorted}, or a negative number. */
    static int find(String[] sorted, String name) {
        if (sorted.length > FEW) {
            return Arrays.binarySearch(sorted, name);
        }
        for (int at = 0; at < sorted.length; at++) {
            if (sorted[at].equals(name)) {
                return at;
            }
        }
        return -1;
    }

    /** How deep the deepest of {@code values} nests; refuses what is too deep. */
    static int depthOf(Value[] values) {
        int deepest = 0;
        for (Value value : values) {
            int depth = value instanceof Value.Set set ? set.depth : value instanceof Value.Record one ? one.depth : 0;
            deepest = Math.max(deepest, depth);
        }
        if (deepest >= Limits.VALUE_NESTING) {
            throw new CannotEvaluate("values nest deeper than " + Limits.VALUE_NESTING);
        }
        return deepest;
    }

    /** Sorts {@code values} in place; the result is that array, or a shorter one if a value stood there twice. */
    static Value[] sortedWithoutRepetition(Value[] values, Meter meter) {
        if (values.length < 2) {
            return values;
        }
        Arrays.sort(values, (left, right) -> compare(left, right, meter));
        int kept = 1;
        for (int at = 1; at < values.length; at++) {
            if (!same(values[at], values[kept - 1], meter)) {
                values[kept++] = values[at];
            }
        }
        return kept == values.length ? values : Arrays.copyOf(values, kept);
    }

    /** Whether {@code set} has {@code value}. */
    static boolean contains(Value.Set set, Value value, Meter meter) {
        int low = 0;
        int high = set.members.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = compare(set.members[middle], value, meter);
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }

    /** Equality of the language: of values of any types, and never an error. */
    @SuppressWarnings("ReferenceEquality") // A short cut: the switch answers the same.
    static boolean same(Value left, Value right, Meter meter) {
        if (left == right) {
            return true;
        }
        return switch (left) {
            case Value.Bool one -> right instanceof Value.Bool other && one.value() == other.value();
            case Value.Int one -> right instanceof Value.Int other && one.value() == other.value();
            case Value.Text one -> right instanceof Value.Text other && same(one.value(), other.value(), meter);
            case EntityUid one ->
                right instanceof EntityUid other
                        && same(one.id(), other.id(), meter)
                        && same(one.type(), other.type(), meter);
            case Value.Ip one -> one.equals(right);
            case Value.Decimal one -> one.equals(right);
            case Value.Datetime one -> one.equals(right);
            case Value.Duration one -> one.equals(right);
            case Value.Set one -> right instanceof Value.Set other && same(one.members, other.members, meter);
            case Value.Record one ->
                right instanceof Value.Record other
                        && same(one.names, other.names, meter)
                        && same(one.values, other.values, meter);
        };
    }

    private static boolean same(String left, String right, Meter meter) {
        if (left.length() != right.length()) {
            return false;
        }
        meter.charge(1 + (left.length() >>> 8));
        return left.equals(right);
    }

    private static boolean same(String[] left, String[] right, Meter meter) {
        if (left.length != right.length) {
            return false;
        }
        for (int at = 0; at < left.length; at++) {
            if (!same(left[at], right[at], meter)) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(Value[] left, Value[] right, Meter meter) {
        if (left.length != right.length) {
            return false;
        }
        for (int at = 0; at < left.length; at++) {
            meter.charge(1);
            if (!same(left[at], right[at], meter)) {
                return false;
            }
        }
        return true;
    }

    static int compare(Value left, Value right, Meter meter) {
        meter.charge(1);
        int ranks = Integer.compare(rank(left), rank(right));
        if (ranks != 0) {
            return ranks;
        }
        return switch (left) {
            case Value.Bool one -> Boolean.compare(one.value(), ((Value.Bool) right).value());
            case Value.Int one -> Long.compare(one.value(), ((Value.Int) right).value());
            case Value.Text one -> compare(one.value(), ((Value.Text) right).value(), meter);
            case EntityUid one -> compare(one, (EntityUid) right, meter);
            case Value.Ip one -> compare(one, (Value.Ip) right);
            case Value.Decimal one -> Long.compare(one.tenThousandths(), ((Value.Decimal) right).tenThousandths());
            case Value.Datetime one -> Long.compare(one.milliseconds(), ((Value.Datetime) right).milliseconds());
            case Value.Duration one -> Long.compare(one.milliseconds(), ((Value.Duration) right).milliseconds());
            case Value.Set one -> compare(one.members, ((Value.Set) right).members, meter);
            case Value.Record one -> compare(one, (Value.Record) right, meter);
        };
    }

    private static int rank(Value value) {
        return switch (value) {
            case Value.Bool _ -> 0;
            case Value.Int _ -> 1;
            case Value.Text _ -> 2;
            case EntityUid _ -> 3;
            case Value.Ip _ -> 4;
            case Value.Decimal _ -> 5;
            case Value.Datetime _ -> 6;
            case Value.Duration _ -> 7;
            case Value.Set _ -> 8;
            case Value.Record _ -> 9;
        };
    }

    private static int compare(String left, String right, Meter meter) {
        int lengths = Integer.compare(left.length(), right.length());
        if (lengths != 0) {
            return lengths;
        }
        meter.charge(left.length() >>> 6);
        return left.compareTo(right);
    }

    private static int compare(EntityUid left, EntityUid right, Meter meter) {
        int ids = compare(left.id(), right.id(), meter);
        return ids != 0 ? ids : compare(left.type(), right.type(), meter);
    }

    private static int compare(Value.Ip left, Value.Ip right) {
        int order = Boolean.compare(left.version6(), right.version6());
        order = order != 0 ? order : Long.compare(left.high(), right.high());
        order = order != 0 ? order : Long.compare(left.low(), right.low());
        return order != 0 ? order : Integer.compare(left.prefix(), right.prefix());
    }

    private static int compare(Value[] left, Value[] right, Meter meter) {
        int order = Integer.compare(left.length, right.length);
        for (int at = 0; order == 0 && at < left.length; at++) {
            order = compare(left[at], right[at], meter);
        }
        return order;
    }

    private static int compare(Value.Record left, Value.Record right, Meter meter) {
        int order = Integer.compare(left.names.length, right.names.length);
        for (int at = 0; order == 0 && at < left.names.length; at++) {
            order = compare(left.names[at], right.names[at], meter);
        }
        return order != 0 ? order : compare(left.values, right.values, meter);
    }
}
