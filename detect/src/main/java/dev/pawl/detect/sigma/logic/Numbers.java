package dev.pawl.detect.sigma.logic;

/** Numbers in values of events. */
public final class Numbers {
    private static final int LONGEST = 40;

    private Numbers() {}

    /** The number a text is, or NaN: a sign, digits, a point and digits, an exponent; what JSON calls a number. */
    public static double parse(String text) {
        if (text.length() > LONGEST) {
            return Double.NaN;
        }
        int at = sign(text, 0);
        int end = digits(text, at);
        if (end == at) {
            return Double.NaN;
        }
        if (end < text.length() && text.charAt(end) == '.') {
            at = end + 1;
            end = digits(text, at);
            if (end == at) {
                return Double.NaN;
            }
        }
        if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            at = sign(text, end + 1);
            end = digits(text, at);
            if (end == at) {
                return Double.NaN;
            }
        }
        return end == text.length() ? Double.parseDouble(text) : Double.NaN;
    }

    private static int sign(String text, int at) {
        return at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+') ? at + 1 : at;
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
