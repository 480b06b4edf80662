package dev.pawl.policy.cedar;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions, called by name, and methods, called on their first argument. */
public enum Function {
    /** Address from text. */
    IP("ip", 1, Style.FUNCTION),
    /** Decimal from text. */
    DECIMAL("decimal", 1, Style.FUNCTION),
    /** Moment from text. */
    DATETIME("datetime", 1, Style.FUNCTION),
    /** Duration from text. */
    DURATION("duration", 1, Style.FUNCTION),

    /** Whether a set has a value. */
    CONTAINS("contains", 2, Style.BUILT_IN),
    /** Whether a set has all of another. */
    CONTAINS_ALL("containsAll", 2, Style.BUILT_IN),
    /** Whether a set has any of another. */
    CONTAINS_ANY("containsAny", 2, Style.BUILT_IN),
    /** Whether a set is empty. */
    IS_EMPTY("isEmpty", 1, Style.BUILT_IN),
    /** The tag of an entity. */
    GET_TAG("getTag", 2, Style.BUILT_IN),
    /** Whether an entity has a tag. */
    HAS_TAG("hasTag", 2, Style.BUILT_IN),

    /** Address: version 4. */
    IS_IPV4("isIpv4", 1, Style.EXTENSION),
    /** Address: version 6. */
    IS_IPV6("isIpv6", 1, Style.EXTENSION),
    /** Address: all of it loopback. */
    IS_LOOPBACK("isLoopback", 1, Style.EXTENSION),
    /** Address: all of it multicast. */
    IS_MULTICAST("isMulticast", 1, Style.EXTENSION),
    /** Address: all of it within another. */
    IS_IN_RANGE("isInRange", 2, Style.EXTENSION),
    /** Decimal, as the next three. */
    LESS_THAN("lessThan", 2, Style.EXTENSION),
    /** At most. */
    LESS_THAN_OR_EQUAL("lessThanOrEqual", 2, Style.EXTENSION),
    /** More than. */
    GREATER_THAN("greaterThan", 2, Style.EXTENSION),
    /** At least. */
    GREATER_THAN_OR_EQUAL("greaterThanOrEqual", 2, Style.EXTENSION),
    /** Moment and duration: the moment that much later. */
    OFFSET("offset", 2, Style.EXTENSION),
    /** Moments: the duration from the second to the first. */
    DURATION_SINCE("durationSince", 2, Style.EXTENSION),
    /** Moment: midnight of its day. */
    TO_DATE("toDate", 1, Style.EXTENSION),
    /** Moment: the duration since midnight. */
    TO_TIME("toTime", 1, Style.EXTENSION),
    /** Duration, as the next four: in whole units, cut toward zero. */
    TO_MILLISECONDS("toMilliseconds", 1, Style.EXTENSION),
    /** Seconds. */
    TO_SECONDS("toSeconds", 1, Style.EXTENSION),
    /** Minutes. */
    TO_MINUTES("toMinutes", 1, Style.EXTENSION),
    /** Hours. */
    TO_HOURS("toHours", 1, Style.EXTENSION),
    /** Days. */
    TO_DAYS("toDays", 1, Style.EXTENSION);

    private static final Map<String, Function> BY_NAME = byName();

    private final String title;
    private final int arguments;
    private final Style style;

    private enum Style {
        FUNCTION,
        BUILT_IN,
        EXTENSION
    }

    Function(String title, int arguments, Style style) {
        this.title = title;
        this.arguments = arguments;
        this.style = style;
    }

    private static Map<String, Function> byName() {
        Map<String, Function> functions = new HashMap<>();
        for (Function function : values()) {
            functions.put(function.title, function);
        }
        return Map.copyOf(functions);
    }

    static @Nullable Function named(String title) {
        return BY_NAME.get(title);
    }

    /** As it is written. */
    public String title() {
        return title;
    }

    /** How many arguments it takes, the one before the point included. */
    public int arguments() {
        return arguments;
    }

    /** Whether it is called on its first argument. */
    public boolean method() {
        return style != Style.FUNCTION;
    }

    /** Whether a wrong number of arguments is a parse error; for extensions Cedar finds it when it evaluates. */
    boolean counted() {
        return style == Style.BUILT_IN;
    }
}
