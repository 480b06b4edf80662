package dev.pawl.core;

import java.io.IOException;

/** Takes events. Thread-safe. */
public interface EventSink {
    /**
     * Appends one event. When this returns, the event survives the death of this process.
     *
     * @throws RecordFull if there is no room for it now; the attempt it belongs to must then be denied
     * @throws IOException if it could not be written; the attempt must be denied, and no other event will be taken
     */
    void append(Event event) throws IOException;
}
