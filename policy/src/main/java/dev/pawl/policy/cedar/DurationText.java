package dev.pawl.policy.cedar;

/** Durations as text: {@code 1d2h3m4s5ms}, each part at most once and in this order, a minus before all of it. */
final class DurationText {
    private static final String[] UNITS = {"d", "h", "m", "s", "ms"};
    private static final long[] MILLISECONDS = {86_400_000, 3_600_000, 60_000, 1000, 1};

    private DurationText() {}

    static Value.Duration read(String text) {
        boolean negative = text.startsWith("-");
        int at = negative ? 1 : 0;
        if (at == text.length()) {
            throw wrong(text, "not of the form 1d2h3m4s5ms");
        }
        // Unit by unit: "m" must not be taken for the start of "ms".
        long[] amounts = new long[UNITS.length];
        int unit = 0;
        while (at < text.length()) {
            int end = at;
            while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
                end++;
            }
            int unitEnd = end;
            while (unitEnd < text.length()
                    && unitEnd < end + 3
                    && (text.charAt(unitEnd) < '0' || text.charAt(unitEnd) > '9')) {
                unitEnd++;
            }
            String name = text.substring(end, unitEnd);
            while (unit < UNITS.length && !UNITS[unit].equals(name)) {
                unit++;
            }
            if (end == at || unit == UNITS.length) {
                throw wrong(text, "not of the form 1d2h3m4s5ms");
            }
            amounts[unit++] = amount(text, text.substring(at, end), negative);
            at = unitEnd;
        }
        return new Value.Duration(total(text, amounts));
    }

    private static long amount(String text, String digits, boolean negative) {
        try {
            return Long.parseLong(negative ? "-" + digits : digits);
        } catch (NumberFormatException _) {
            throw wrong(text, "too large");
        }
    }

    private static long total(String text, long[] amounts) {
        try {
            long total = 0;
            for (int unit = UNITS.length - 1; unit >= 0; unit--) {
                total = Math.addExact(total, Math.multiplyExact(amounts[unit], MILLISECONDS[unit]));
            }
            return total;
        } catch (ArithmeticException _) {
            throw wrong(text, "too large");
        }
    }

    private static CannotEvaluate wrong(String text, String why) {
        return new CannotEvaluate("duration(" + Shown.shorten(text) + "): " + why);
    }
}
