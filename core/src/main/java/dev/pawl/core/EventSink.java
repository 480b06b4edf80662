package dev.pawl.core;

import java.io.IOException;
import java.util.List;

/** Takes events. Thread-safe. */
@FunctionalInterface
public interface EventSink {
    /**
     * Appends events in this order, all of them or none. When this returns, they survive the death of this process.
     *
     * @throws RecordFull if there is no room for all of them now; each may be tried by itself, and the attempt of one that
     *     there is no room for must then be denied
     * @throws IOException if they could not be written; their attempts must be denied, and no other event will be taken
     */
    void append(List<Event> events) throws IOException;

    /** Appends one event. */
    default void append(Event event) throws IOException {
        append(List.of(event));
    }
}
