package dev.pawl.ledger;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Times as events write them: {@code 2026-11-22T05:00:00.123456Z}, always microseconds, years 0 to 9999. Written by hand
 * because this stands in the path of every attempt.
 */
final class Timestamps {
    private Timestamps() {}

    static String text(Instant time) {
        LocalDateTime utc = LocalDateTime.ofEpochSecond(time.getEpochSecond(), time.getNano(), ZoneOffset.UTC);
        if (utc.getYear() < 0 || utc.getYear() > 9999) {
            throw new IllegalArgumentException("the year does not fit an event: " + utc.getYear());
        }
        StringBuilder text = new StringBuilder(27);
        digits(text, utc.getYear(), 1000).append('-');
        digits(text, utc.getMonthValue(), 10).append('-');
        digits(text, utc.getDayOfMonth(), 10).append('T');
        digits(text, utc.getHour(), 10).append(':');
        digits(text, utc.getMinute(), 10).append(':');
        digits(text, utc.getSecond(), 10).append('.');
        return digits(text, utc.getNano() / 1000, 100_000).append('Z').toString();
    }

    static Instant parse(String text) {
        if (text.length() > 40) {
            throw new JsonFault("not a time");
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new JsonFault("not a time: " + text);
        }
    }

    private static StringBuilder digits(StringBuilder text, int value, int first) {
        for (int place = first; place > 0; place /= 10) {
            text.append((char) ('0' + value / place % 10));
        }
        return text;
    }
}
