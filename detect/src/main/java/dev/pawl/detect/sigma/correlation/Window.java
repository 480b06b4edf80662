package dev.pawl.detect.sigma.correlation;

import dev.pawl.detect.sigma.rule.Correlation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one group of one correlation has seen and may still need. Not thread-safe. */
sealed interface Window permits CountWindow, TemporalWindow, OrderedWindow {
    /** Most event ids a match names. */
    int MAX_EVIDENCE = 100;

    /**
     * Adds what was seen.
     *
     * @return the events that led to the match, if this was the one that completed it
     */
    Optional<List<String>> add(Seen seen);

    /** How many things are kept. */
    int size();

    /**
     * A match of one of the rules of a correlation.
     *
     * @param rules which of them, by their place, ascending; one event may match several
     * @param value what is counted or measured, or null where the event has no such field
     */
    record Seen(Instant time, List<Integer> rules, @Nullable String value, List<String> evidence) {}

    static Window of(Correlation correlation) {
        return switch (correlation.type()) {
            case TEMPORAL -> new TemporalWindow(correlation);
            case TEMPORAL_ORDERED -> new OrderedWindow(correlation);
            case EVENT_COUNT, VALUE_COUNT, VALUE_SUM, VALUE_AVG, VALUE_PERCENTILE -> new CountWindow(correlation);
        };
    }

    /** Whether {@code earlier} is still within the span that ends with {@code now}. */
    static boolean within(Instant earlier, Instant now, Duration span) {
        return earlier.isAfter(now.minus(span));
    }

    /** Evidence of several matches, the newest of it, oldest first. */
    static List<String> evidence(List<List<String>> parts) {
        List<String> all = new ArrayList<>();
        parts.forEach(part -> part.stream().filter(id -> !all.contains(id)).forEach(all::add));
        return all.size() <= MAX_EVIDENCE ? all : all.subList(all.size() - MAX_EVIDENCE, all.size());
    }
}
