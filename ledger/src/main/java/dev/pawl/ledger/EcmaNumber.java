package dev.pawl.ledger;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as ECMAScript writes them, which RFC 8785 demands (section 3.2.2.3; ECMA-262, Number::toString). */
final class EcmaNumber {
    private static final long EXACT = 1L << 53;
    private static final int LONGEST_PLAIN = 21;
    private static final int SMALLEST_PLAIN = -6;

    private EcmaNumber() {}

    /** A whole number; beyond 2^53 the nearest one that a double holds. */
    static String text(long value) {
        return value >= -EXACT && value <= EXACT ? String.valueOf(value) : text((double) value);
    }

    /**
     * Any finite number.
     *
     * @throws IllegalArgumentException if it is not finite, which JSON cannot say
     */
    static String text(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("not a finite number");
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal shortest = shortest(Math.abs(value));
        String digits = shortest.unscaledValue().toString();
        int point = digits.length() - shortest.scale();
        String sign = value < 0 ? "-" : "";
        if (point > LONGEST_PLAIN || point <= SMALLEST_PLAIN) {
            String rest = digits.length() > 1 ? "." + digits.substring(1) : "";
            return sign + digits.charAt(0) + rest + (point > 0 ? "e+" : "e-") + Math.abs(point - 1);
        }
        if (point <= 0) {
            return sign + "0." + "0".repeat(-point) + digits;
        }
        return point >= digits.length()
                ? sign + digits + "0".repeat(point - digits.length())
                : sign + digits.substring(0, point) + "." + digits.substring(point);
    }

    /** Java's text has the fewest digits that read back the same, but never fewer than two. */
    private static BigDecimal shortest(double value) {
        BigDecimal two = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (two.precision() != 2) {
            return two;
        }
        BigDecimal one = two.round(new MathContext(1, RoundingMode.HALF_EVEN));
        return one.doubleValue() == value ? one.stripTrailingZeros() : two;
    }
}
