package dev.pawl.verify;

/** Sizes and indexes as text: ASCII digits, no leading zero, at most 18 of them. */
public final class Decimal {
    private static final int MAX_DIGITS = 18;

    private Decimal() {}

    /**
     * Reads such a text.
     *
     * @throws FormatFault if it is written in any other way
     */
    public static long parse(String text) throws FormatFault {
        boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || text.length() > MAX_DIGITS || (text.length() > 1 && text.charAt(0) == '0')) {
            throw new FormatFault("not a number as it must be written");
        }
        return Long.parseLong(text);
    }
}
