package dev.pawl.detect.sigma.logic;

/** A question about a field. A field with several values answers yes if one of them does. */
public sealed interface Check
        permits Glob, Regex, Check.Cidr, Check.Exists, Check.Absent, Check.SameAs, Check.Compare, Check.Date {
    /** The value is an address of the network. */
    record Cidr(Network network) implements Check {}

    /** The field is there, whatever its value, or is not there. */
    record Exists(boolean wanted) implements Check {}

    /** The field is missing or null. */
    record Absent() implements Check {}

    /** The value is, or begins with, ends with or contains, a value of another field. */
    record SameAs(String other, boolean loosePrefix, boolean looseSuffix, boolean cased) implements Check {}

    /** The value is a number and compares so. */
    record Compare(Order order, double limit) implements Check {}

    /** The value is a date whose part compares so; no zone is converted. */
    record Date(DatePart part, Order order, double limit) implements Check {}

    /** How two numbers stand to each other. */
    enum Order {
        LT,
        LTE,
        GT,
        GTE,
        EQ;

        public boolean holds(double value, double limit) {
            return switch (this) {
                case LT -> value < limit;
                case LTE -> value <= limit;
                case GT -> value > limit;
                case GTE -> value >= limit;
                case EQ -> value == limit;
            };
        }
    }
}
