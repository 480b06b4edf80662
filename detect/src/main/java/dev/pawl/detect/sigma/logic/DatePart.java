package dev.pawl.detect.sigma.logic;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.IsoFields;

/** A part of a date as written in a value: {@code 2025-08-02}, then T or a space, then {@code 14:30:00} and more. */
public enum DatePart {
    MINUTE,
    HOUR,
    DAY,
    WEEK,
    MONTH,
    YEAR;

    /** The number, or -1 where the text has no such part. The week is that of ISO 8601. No zone is converted. */
    public int of(String text) {
        if (!digits(text, 0, 4)
                || !at(text, 4, '-')
                || !digits(text, 5, 7)
                || !at(text, 7, '-')
                || !digits(text, 8, 10)) {
            return -1;
        }
        boolean timed = (at(text, 10, 'T') || at(text, 10, ' '))
                && digits(text, 11, 13)
                && at(text, 13, ':')
                && digits(text, 14, 16);
        if (!timed && text.length() > 10) {
            return -1;
        }
        LocalDate date;
        try {
            date = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
        } catch (DateTimeException e) {
            return -1;
        }
        return switch (this) {
            case MINUTE -> timed ? number(text, 14, 16) : -1;
            case HOUR -> timed ? number(text, 11, 13) : -1;
            case DAY -> date.getDayOfMonth();
            case WEEK -> date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            case MONTH -> date.getMonthValue();
            case YEAR -> date.getYear();
        };
    }

    private static boolean at(String text, int i, char c) {
        return i < text.length() && text.charAt(i) == c;
    }

    private static boolean digits(String text, int from, int to) {
        if (to > text.length()) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }
}
