package dev.pawl.server.money;

import dev.pawl.core.ModelLimit.Period;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** One calendar hour, day or month of UTC, or a whole run: begin inclusive, end exclusive. */
record Window(Period period, Instant begin, Instant end) {
    static Window of(Period period, Instant time) {
        return switch (period) {
            case RUN -> new Window(period, Instant.EPOCH, Instant.MAX);
            case HOUR -> {
                Instant begin = time.truncatedTo(ChronoUnit.HOURS);
                yield new Window(period, begin, begin.plus(1, ChronoUnit.HOURS));
            }
            case DAY -> {
                Instant begin = time.truncatedTo(ChronoUnit.DAYS);
                yield new Window(period, begin, begin.plus(1, ChronoUnit.DAYS));
            }
            case MONTH -> {
                LocalDate first = LocalDate.ofInstant(time, ZoneOffset.UTC).withDayOfMonth(1);
                yield new Window(period, start(first), start(first.plusMonths(1)));
            }
        };
    }

    boolean holds(Instant time) {
        return !time.isBefore(begin) && time.isBefore(end);
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
