package dev.pawl.core;

import java.io.IOException;

/** Takes events. Thread-safe. */
public interface EventSink {
    /**
     * Appends one event. When this returns, the event survives the death of this process.
     *
     * @throws IOException if it could not be written; the attempt it belongs to must then be denied
     */
    void append(Event event) throws IOException;
}
