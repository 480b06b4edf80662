package dev.pawl.policy.cedar;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Moments as text: {@code YYYY-MM-DD}, or that with {@code Thh:mm:ss}, perhaps {@code .SSS}, and then {@code Z} or an
 * offset {@code +hhmm} or {@code -hhmm}.
 */
final class DatetimeText {
    private static final long DAY = 86_400_000;

    private final String text;
    private int at;

    private DatetimeText(String text) {
        this.text = text;
    }

    static Value.Datetime read(String text) {
        return new Value.Datetime(new DatetimeText(text).milliseconds());
    }

    private long milliseconds() {
        int year = digits(4);
        expect('-');
        int month = digits(2);
        expect('-');
        int day = digits(2);
        if (at == text.length()) {
            return date(year, month, day);
        }
        expect('T');
        int hour = digits(2);
        expect(':');
        int minute = digits(2);
        expect(':');
        int second = digits(2);
        int fraction = 0;
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            fraction = digits(3);
        }
        long offset = offset();
        if (hour > 23 || minute > 59 || second > 59) {
            throw wrong("no such time of day");
        }
        return date(year, month, day) + ((hour * 60L + minute) * 60 + second) * 1000 + fraction - offset;
    }

    private long date(int year, int month, int day) {
        try {
            return LocalDate.of(year, month, day).toEpochDay() * DAY;
        } catch (DateTimeException _) {
            throw wrong("no such date");
        }
    }

    private long offset() {
        char sign = at < text.length() ? text.charAt(at) : ' ';
        at++;
        int hours = 0;
        int minutes = 0;
        if (sign == '+' || sign == '-') {
            hours = digits(2);
            minutes = digits(2);
        } else if (sign != 'Z') {
            throw wrong("no Z and no offset after the time");
        }
        if (at != text.length()) {
            throw wrong("more after the offset");
        }
        if (hours > 23 || minutes > 59) {
            throw wrong("no such offset");
        }
        long offset = (hours * 60L + minutes) * 60_000;
        return sign == '-' ? -offset : offset;
    }

    private int digits(int count) {
        int number = 0;
        for (int end = at + count; at < end; at++) {
            if (at >= text.length() || text.charAt(at) < '0' || text.charAt(at) > '9') {
                throw wrong("not of the form YYYY-MM-DDThh:mm:ss.SSSZ");
            }
            number = 10 * number + (text.charAt(at) - '0');
        }
        return number;
    }

    private void expect(char wanted) {
        if (at >= text.length() || text.charAt(at) != wanted) {
            throw wrong("not of the form YYYY-MM-DDThh:mm:ss.SSSZ");
        }
        at++;
    }

    private CannotEvaluate wrong(String why) {
        return new CannotEvaluate("datetime(" + Shown.shorten(text) + "): " + why);
    }
}
