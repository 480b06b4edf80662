package dev.pawl.policy.cedar;

/** Operators between two operands; {@code &&} and {@code ||} are not among them, since they may stop at the first. */
public enum Operator {
    /** Equality of any two values. */
    EQUAL("=="),
    /** The opposite of {@link #EQUAL}. */
    NOT_EQUAL("!="),
    /** Of numbers, moments and durations, as the next three. */
    LESS("<"),
    /** At most. */
    AT_MOST("<="),
    /** More than. */
    MORE(">"),
    /** At least. */
    AT_LEAST(">="),
    /** An entity is, or is below, an entity or one of a set. */
    IN("in"),
    /** Of numbers, as the next two; overflow is an error. */
    PLUS("+"),
    /** Subtraction. */
    MINUS("-"),
    /** Multiplication. */
    TIMES("*");

    private final String symbol;

    Operator(String symbol) {
        this.symbol = symbol;
    }

    /** As it is written. */
    public String symbol() {
        return symbol;
    }
}
