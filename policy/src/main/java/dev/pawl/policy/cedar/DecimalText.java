package dev.pawl.policy.cedar;

/** Decimals as text: digits, a point, one to four digits, and a minus before them if need be. */
final class DecimalText {
    private static final int PLACES = 4;
    private static final long ONE = 10_000;

    private DecimalText() {}

    static Value.Decimal read(String text) {
        int point = text.indexOf('.');
        String whole = point < 0 ? "" : text.substring(0, point);
        String fraction = point < 0 ? "" : text.substring(point + 1);
        boolean negative = whole.startsWith("-");
        if (!digits(negative ? whole.substring(1) : whole) || !digits(fraction)) {
            throw wrong(text, "not of the form 12.34");
        }
        if (fraction.length() > PLACES) {
            throw wrong(text, "more than " + PLACES + " digits after the point");
        }
        try {
            long parts = Long.parseLong(fraction);
            for (int place = fraction.length(); place < PLACES; place++) {
                parts *= 10;
            }
            long scaled = Math.multiplyExact(Long.parseLong(whole), ONE);
            return new Value.Decimal(negative ? Math.subtractExact(scaled, parts) : Math.addExact(scaled, parts));
        } catch (NumberFormatException | ArithmeticException _) {
            throw wrong(text, "too large");
        }
    }

    private static boolean digits(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) < '0' || text.charAt(at) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static CannotEvaluate wrong(String text, String why) {
        return new CannotEvaluate("decimal(" + Shown.shorten(text) + "): " + why);
    }

    static String write(Value.Decimal decimal) {
        long value = decimal.tenThousandths();
        String fraction = Long.toString(Math.abs(value % ONE) + ONE).substring(1);
        return (value < 0 ? "-" : "") + Math.abs(value / ONE) + "." + fraction;
    }
}
