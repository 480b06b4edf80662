package dev.pawl.server;

import dev.pawl.core.Event;
import dev.pawl.core.EventSink;
import dev.pawl.core.RecordFull;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What one run has to record while the record has no room: denials, ends of flows, the freeze. It is kept here, in order, and
 * written before the next event that is taken. An attempt that was allowed is not kept: it is refused, and must be denied.
 * Thread-safe.
 */
public final class Backlog implements EventSink {
    /** A frozen run says less than this in an hour. */
    static final int MOST = 4096;

    private final EventSink record;
    private final Deque<Event> kept = new ArrayDeque<>();

    public Backlog(EventSink record) {
        this.record = record;
    }

    @Override
    public synchronized void append(List<Event> events) throws IOException {
        try {
            flush();
            record.append(events);
        } catch (RecordFull e) {
            if (events.stream().anyMatch(Backlog::allowed)) {
                throw e;
            }
            if (kept.size() + events.size() > MOST) {
                throw new IOException("the record had no room for too long", e);
            }
            kept.addAll(events);
        }
    }

    private static boolean allowed(Event event) {
        return event.decision() != null && event.decision().allowed();
    }

    /**
     * Writes what is kept, as far as there is room.
     *
     * @throws RecordFull if some of it is still kept
     * @throws IOException if it could not be written
     */
    public synchronized void flush() throws IOException {
        for (Event next = kept.peek(); next != null; next = kept.peek()) {
            record.append(next);
            kept.remove();
        }
    }

    /** How many events are kept. */
    public synchronized int size() {
        return kept.size();
    }
}
