package dev.pawl.detect.sigma.correlation;

import dev.pawl.detect.sigma.logic.Numbers;
import dev.pawl.detect.sigma.rule.Correlation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts or measures what lies in the span before the newest event. Reports when the condition begins to hold, and again
 * each time it still holds a whole span later. Late events are put where they belong in time.
 */
final class CountWindow implements Window {
    static final int MAX_SEEN = 10_000;

    private final Correlation correlation;
    private final Correlation.Threshold threshold;
    private final List<Seen> seen = new ArrayList<>();
    private final Map<String, Integer> values = new HashMap<>();
    private int start;
    private @Nullable Instant reported;
    private boolean holding;

    CountWindow(Correlation correlation) {
        this.correlation = correlation;
        if (correlation.condition() == null) {
            throw new IllegalArgumentException("this type of correlation needs a condition");
        }
        this.threshold = correlation.condition();
    }

    @Override
    public Optional<List<String>> add(Seen next) {
        if (correlation.type().needsField() && next.value() == null) {
            return Optional.empty();
        }
        if (numeric() && Double.isNaN(Numbers.parse(String.valueOf(next.value())))) {
            return Optional.empty();
        }
        insert(next);
        Instant now = seen.getLast().time();
        while (!Window.within(seen.get(start).time(), now, correlation.timespan()) || size() > MAX_SEEN) {
            forget(seen.get(start));
            start++;
        }
        compact();
        if (!threshold.holds(measure(next))) {
            holding = false;
            return Optional.empty();
        }
        boolean again = reported != null && !Window.within(reported, now, correlation.timespan());
        if (holding && !again) {
            return Optional.empty();
        }
        holding = true;
        reported = now;
        return Optional.of(Window.evidence(
                seen.subList(Math.max(start, seen.size() - MAX_EVIDENCE), seen.size()).stream()
                        .map(Seen::evidence)
                        .toList()));
    }

    @Override
    public int size() {
        return seen.size() - start;
    }

    private boolean numeric() {
        return switch (correlation.type()) {
            case VALUE_SUM, VALUE_AVG -> true;
            case VALUE_PERCENTILE -> threshold.percentile() != null;
            case EVENT_COUNT, VALUE_COUNT, TEMPORAL, TEMPORAL_ORDERED -> false;
        };
    }

    private void insert(Seen next) {
        int at = seen.size();
        while (at > start && seen.get(at - 1).time().isAfter(next.time())) {
            at--;
        }
        seen.add(at, next);
        if (next.value() != null) {
            values.merge(next.value(), 1, Integer::sum);
        }
    }

    private void forget(Seen old) {
        if (old.value() != null) {
            values.computeIfPresent(old.value(), (value, count) -> count == 1 ? null : count - 1);
        }
    }

    private void compact() {
        if (start > 64 && start > seen.size() / 2) {
            seen.subList(0, start).clear();
            start = 0;
        }
    }

    private double measure(Seen newest) {
        return switch (correlation.type()) {
            case EVENT_COUNT -> size();
            case VALUE_COUNT -> values.size();
            case VALUE_SUM -> sum();
            case VALUE_AVG -> sum() / size();
            case VALUE_PERCENTILE -> threshold.percentile() == null ? rank(newest) : percentile(threshold.percentile());
            case TEMPORAL, TEMPORAL_ORDERED -> throw new IllegalStateException("not counted");
        };
    }

    /** Summed anew each time, so that what left the window leaves no rounding behind. */
    private double sum() {
        double sum = 0;
        for (int i = start; i < seen.size(); i++) {
            sum += number(seen.get(i));
        }
        return sum;
    }

    /** The value below or at which so many percent of the values lie (nearest rank). */
    private double percentile(double percent) {
        double[] sorted = seen.subList(start, seen.size()).stream()
                .mapToDouble(CountWindow::number)
                .sorted()
                .toArray();
        int at = (int) Math.ceil(percent / 100 * sorted.length) - 1;
        return sorted[Math.max(0, at)];
    }

    /**
     * How many percent of what was seen the newest value stands for. Where all values are numbers: those not above it,
     * so that 50 is the median; else those equal to it, so that a small number is a rare value.
     */
    private double rank(Seen newest) {
        List<Seen> window = seen.subList(start, seen.size());
        boolean numbers = values.keySet().stream().noneMatch(value -> Double.isNaN(Numbers.parse(value)));
        double own = number(newest);
        long counted = numbers
                ? window.stream().filter(each -> number(each) <= own).count()
                : values.getOrDefault(String.valueOf(newest.value()), 0);
        return 100.0 * counted / window.size();
    }

    private static double number(Seen seen) {
        return Numbers.parse(String.valueOf(seen.value()));
    }
}
