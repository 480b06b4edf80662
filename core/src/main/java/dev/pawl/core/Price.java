package dev.pawl.core;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * What something costs, as its seller lists it.
 *
 * @param micros millionths of the currency, not negative
 * @param currency three upper-case letters (ISO 4217)
 * @param per what it is paid for
 */
public record Price(long micros, String currency, Per per) {
    /** Millionths. */
    public static final long UNIT = 1_000_000;

    public Price {
        if (micros < 0 || !currency.matches("[A-Z]{3}")) {
            throw new IllegalArgumentException("no price: " + micros + " " + currency);
        }
    }

    /** Whether it is paid once, or for as long as it lasts. */
    public enum Per {
        ONCE,
        HOUR,
        DAY,
        MONTH,
        YEAR;

        /** As written in events and charters. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Such as {@code 0.0104 USD/hour}. */
    public String text() {
        String amount = BigDecimal.valueOf(micros, 6).stripTrailingZeros().toPlainString();
        return amount + " " + currency + (per == Per.ONCE ? "" : "/" + per.text());
    }
}
