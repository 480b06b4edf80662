package dev.pawl.ledger.index;

import dev.pawl.core.Event;
import dev.pawl.ledger.EventJson;
import dev.pawl.ledger.IndexFiles;
import dev.pawl.ledger.Ledger;
import dev.pawl.ledger.LedgerReader;
import dev.pawl.verify.LogFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Finds events in the record of a home: a short one is read, for a long one there is the index. Stateless. */
public final class EventSearch {
    /** Reading as many events takes less time than starting SQLite. */
    static final long SHORT = 20_000;

    private final Path home;
    private final long shortest;

    public EventSearch(Path home) {
        this(home, SHORT);
    }

    EventSearch(Path home, long shortest) {
        this.home = home;
        this.shortest = shortest;
    }

    /**
     * Hands over the events a filter wants, in the order of the record, and what cannot be read if all are wanted.
     *
     * @param last at most so many, the last ones
     * @throws IOException if the record or its index cannot be read
     */
    public void find(EventFilter filter, long last, LedgerReader.Lines to) throws IOException {
        long signed = LogFiles.signedSize(LogFiles.in(Ledger.directory(home)));
        if (signed < shortest || (filter.equals(EventFilter.ALL) && last == Long.MAX_VALUE)) {
            read(0, filter, last, List.of(), to);
            return;
        }
        if (!indexed(filter, last, to)) {
            // It was made of another record. Nothing was handed over yet.
            IndexFiles.delete(home);
            if (!indexed(filter, last, to)) {
                throw new IOException("the index does not fit the record");
            }
        }
    }

    /** False if the index led to an event that is not wanted. */
    private boolean indexed(EventFilter filter, long last, LedgerReader.Lines to) throws IOException {
        List<Long> entries;
        long end;
        try (EventIndex index = EventIndex.open(home)) {
            entries = index.find(filter, last);
            end = index.end();
        }
        LedgerReader reader = new LedgerReader(home, end);
        for (long entry : entries.isEmpty() ? entries : List.of(entries.getFirst(), entries.getLast())) {
            if (!(reader.at(entry) instanceof EventJson.Decoded(Event event)) || !filter.matches(event)) {
                return false;
            }
        }
        read(end, filter, last, entries, to);
        return true;
    }

    private record Found(long index, EventJson.Line line) {}

    /** First these entries, then all from {@code from} on. */
    private void read(long from, EventFilter filter, long last, List<Long> entries, LedgerReader.Lines to)
            throws IOException {
        LedgerReader reader = new LedgerReader(home, from);
        Deque<Found> kept = new ArrayDeque<>();
        LedgerReader.Lines take = last == Long.MAX_VALUE
                ? to
                : (index, line) -> {
                    kept.add(new Found(index, line));
                    if (kept.size() > last) {
                        kept.remove();
                    }
                };
        for (long entry : entries) {
            take.line(entry, reader.at(entry));
        }
        reader.poll((index, line) -> {
            boolean wanted = switch (line) {
                case EventJson.Decoded(Event event) -> filter.matches(event);
                case EventJson.Unreadable _ -> filter.equals(EventFilter.ALL);
            };
            if (wanted) {
                take.line(index, line);
            }
        });
        kept.forEach(found -> to.line(found.index, found.line));
    }
}
