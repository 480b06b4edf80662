package dev.pawl.policy.cedar;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A value of the language. All are immutable, and {@code toString} gives an expression that evaluates to the value.
 *
 * <p>Sets and records hold their members in order: equality and look-up need no hashing, so no input can make them slow
 * by colliding.
 */
public sealed interface Value
        permits EntityUid,
                Value.Bool,
                Value.Int,
                Value.Text,
                Value.Set,
                Value.Record,
                Value.Ip,
                Value.Decimal,
                Value.Datetime,
                Value.Duration {

    /** True or false. */
    record Bool(boolean value) implements Value {
        /** The one used everywhere. */
        public static final Bool TRUE = new Bool(true);

        /** The one used everywhere. */
        public static final Bool FALSE = new Bool(false);

        /** The value for {@code value}. */
        public static Bool of(boolean value) {
            return value ? TRUE : FALSE;
        }

        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    /** A signed number of 64 bits. */
    record Int(long value) implements Value {
        @Override
        public String toString() {
            return Long.toString(value);
        }
    }

    /** A string. */
    record Text(String value) implements Value {
        @Override
        public String toString() {
            return Quotes.quote(value);
        }
    }

    /** An address with a prefix length; a single address has the full length. */
    record Ip(boolean version6, long high, long low, int prefix) implements Value {
        /** Reads {@code 10.0.0.1}, {@code 10.0.0.0/8}, {@code ::1} or {@code fe80::/10}; throws what says why not. */
        public static Ip of(String text) {
            return IpText.read(text);
        }

        @Override
        public String toString() {
            return "ip(\"" + IpText.write(this) + "\")";
        }
    }

    /** A number with four digits after the point, held as ten thousandths. */
    record Decimal(long tenThousandths) implements Value {
        /** Reads {@code 12.5}; throws what says why not. */
        public static Decimal of(String text) {
            return DecimalText.read(text);
        }

        @Override
        public String toString() {
            return "decimal(\"" + DecimalText.write(this) + "\")";
        }
    }

    /** A moment, in milliseconds since 1970-01-01 UTC. */
    record Datetime(long milliseconds) implements Value {
        /** Reads {@code 2026-01-31} or {@code 2026-01-31T10:00:00Z}; throws what says why not. */
        public static Datetime of(String text) {
            return DatetimeText.read(text);
        }

        @Override
        public String toString() {
            return "datetime(\"1970-01-01\").offset(" + new Duration(milliseconds) + ")";
        }
    }

    /** A span of time in milliseconds, which may be negative. */
    record Duration(long milliseconds) implements Value {
        /** Reads {@code 1d2h3m4s5ms}; throws what says why not. */
        public static Duration of(String text) {
            return DurationText.read(text);
        }

        @Override
        public String toString() {
            return "duration(\"" + milliseconds + "ms\")";
        }
    }

    /** Values without order and without repetition. */
    final class Set implements Value {
        private static final Set EMPTY = new Set(new Value[0], 1);

        final Value[] members;
        final int depth;

        Set(Value[] sorted, int depth) {
            this.members = sorted;
            this.depth = depth;
        }

        /** The empty set. */
        public static Set of() {
            return EMPTY;
        }

        /** The set of {@code members}; nesting deeper than {@link Limits#VALUE_NESTING} is refused. */
        public static Set of(Collection<? extends Value> members) {
            return of(members.toArray(Value[]::new), new Meter(Long.MAX_VALUE));
        }

        /** Takes {@code members} over: the caller forgets the array. */
        static Set of(Value[] members, Meter meter) {
            return new Set(Order.sortedWithoutRepetition(members, meter), 1 + Order.depthOf(members));
        }

        /** The members, in an order that says nothing. */
        public List<Value> members() {
            return Collections.unmodifiableList(Arrays.asList(members));
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Set that && Order.same(this, that, new Meter(Long.MAX_VALUE));
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(members);
        }

        @Override
        public String toString() {
            return ValueText.of(this);
        }
    }

    /** Named values. */
    @SuppressWarnings("AvoidCommonTypeNames") // The language's own word; outside this file it is Value.Record.
    final class Record implements Value {
        private static final Record EMPTY = new Record(new String[0], new Value[0]);

        final String[] names;
        final Value[] values;
        final int depth;

        Record(String[] sortedNames, Value[] values) {
            this.names = sortedNames;
            this.values = values;
            this.depth = 1 + Order.depthOf(values);
        }

        /** The record without fields. */
        public static Record of() {
            return EMPTY;
        }

        /** A record of one field. */
        public static Record of(String name, Value value) {
            return new Record(new String[] {name}, new Value[] {value});
        }

        /** A record of two fields. */
        public static Record of(String first, Value one, String second, Value other) {
            return first.compareTo(second) < 0
                    ? new Record(new String[] {first, second}, new Value[] {one, other})
                    : of(Map.of(first, one, second, other));
        }

        /** The record of {@code fields}; nesting deeper than {@link Limits#VALUE_NESTING} is refused. */
        public static Record of(Map<String, ? extends Value> fields) {
            if (fields.isEmpty()) {
                return EMPTY;
            }
            TreeMap<String, Value> sorted = new TreeMap<>(fields);
            return new Record(
                    sorted.keySet().toArray(String[]::new), sorted.values().toArray(Value[]::new));
        }

        /** The value named {@code name}, or null. */
        public @Nullable Value get(String name) {
            int at = Order.find(names, name);
            return at < 0 ? null : values[at];
        }

        /** The names, sorted. */
        public List<String> names() {
            return Collections.unmodifiableList(Arrays.asList(names));
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Record that && Order.same(this, that, new Meter(Long.MAX_VALUE));
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(names) + Arrays.hashCode(values);
        }

        @Override
        public String toString() {
            return ValueText.of(this);
        }
    }
}
