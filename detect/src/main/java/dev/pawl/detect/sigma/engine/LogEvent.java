package dev.pawl.detect.sigma.engine;

import dev.pawl.detect.sigma.rule.LogSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event as rules see it: flat fields of text. A field may have several values, and a value may be null. Immutable,
 * thread-safe.
 */
public final class LogEvent {
    /** Longest value and most fields of one event; a caller refuses or splits what is larger. */
    public static final int MAX_VALUE = 1 << 20;

    public static final int MAX_FIELDS = 2_048;

    private final LogSource source;
    private final Instant time;
    private final String id;
    private final String[] names;
    private final @Nullable String[] values;

    private LogEvent(Builder builder) {
        this.source = builder.source;
        this.time = builder.time;
        this.id = builder.id;
        this.names = builder.names.toArray(new String[0]);
        this.values = builder.values.toArray(new @Nullable String[0]);
    }

    /**
     * Begins an event.
     *
     * @param id what findings call it
     * @param time when it happened; correlations know no other clock
     */
    public static Builder of(LogSource source, String id, Instant time) {
        return new Builder(source, id, time);
    }

    public LogSource source() {
        return source;
    }

    public Instant time() {
        return time;
    }

    public String id() {
        return id;
    }

    /** Number of values; a field with two counts twice. */
    public int size() {
        return names.length;
    }

    public String name(int i) {
        return names[i];
    }

    public @Nullable String value(int i) {
        return values[i];
    }

    /** All values of a field that are not null, in the order given. */
    public List<String> all(String name) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            String value = values[i];
            if (value != null && names[i].equals(name)) {
                found.add(value);
            }
        }
        return found;
    }

    /** Collects fields. Not thread-safe. */
    public static final class Builder {
        private final LogSource source;
        private final String id;
        private final Instant time;
        private final List<String> names = new ArrayList<>(12);
        private final List<@Nullable String> values = new ArrayList<>(12);

        private Builder(LogSource source, String id, Instant time) {
            this.source = source;
            this.id = id;
            this.time = time;
        }

        /**
         * Adds a value; the same name again adds another one to the field.
         *
         * @throws IllegalArgumentException if the value is longer than {@link #MAX_VALUE} or there are too many
         */
        public Builder with(String name, @Nullable String value) {
            if (value != null && value.length() > MAX_VALUE) {
                throw new IllegalArgumentException("field " + name + " is longer than " + MAX_VALUE + " characters");
            }
            if (names.size() >= MAX_FIELDS) {
                throw new IllegalArgumentException("an event of more than " + MAX_FIELDS + " values");
            }
            names.add(name);
            values.add(value);
            return this;
        }

        public Builder with(String name, long value) {
            return with(name, Long.toString(value));
        }

        public LogEvent build() {
            return new LogEvent(this);
        }
    }
}
