package dev.pawl.ledger;

import dev.pawl.ledger.log.LogReader;
import dev.pawl.ledger.log.RealDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Reads the record of a home in order, also while it is being written. Not thread-safe. */
public final class LedgerReader {
    private final LogReader reader;
    private final Seals seals;

    /** Takes one entry. */
    @FunctionalInterface
    public interface Lines {
        /** An entry with its index in the log. */
        void line(long index, EventJson.Line line);
    }

    /** Begins with entry {@code from}. */
    public LedgerReader(Path home, long from) {
        reader = new LogReader(new RealDisk(), Ledger.directory(home), from);
        seals = Seals.of(home);
    }

    /**
     * Hands over every event that was added since the last call.
     *
     * @throws IOException if the record cannot be read
     */
    public void poll(Lines to) throws IOException {
        reader.poll((index, entry) -> to.line(index, decode(entry)));
    }

    /**
     * The same for the events of one run; the others are not even parsed.
     *
     * @throws IOException if the record cannot be read
     */
    public void poll(String run, Lines to) throws IOException {
        // Canonical JSON: a member of the event itself has exactly this spelling, and a text could not hold its quotes.
        byte[] mark = ("\"run\":\"" + run + "\"").getBytes(StandardCharsets.UTF_8);
        reader.poll((index, entry) -> {
            if (contains(entry, mark)) {
                EventJson.Line line = decode(entry);
                if (line instanceof EventJson.Unreadable
                        || (line instanceof EventJson.Decoded decoded
                                && decoded.event().run().equals(run))) {
                    to.line(index, line);
                }
            }
        });
    }

    /**
     * One event that is covered by the newest checkpoint; fast for one after the other.
     *
     * @throws IOException if it cannot be read
     */
    public EventJson.Line at(long index) throws IOException {
        return decode(reader.at(index));
    }

    /** When the event of an entry was, which is in the clear also where the event is sealed. */
    Optional<Instant> timeAt(long index) throws IOException {
        try {
            return JsonObject.parse(reader.at(index)) instanceof JsonObject.Whole(JsonObject object)
                    ? Optional.of(Timestamps.parse(object.text("time")))
                    : Optional.empty();
        } catch (JsonFault e) {
            return Optional.empty();
        }
    }

    /**
     * The first entry that is kept: those before it are older than must be.
     *
     * @throws IOException if that cannot be read
     */
    public long kept() throws IOException {
        return reader.kept();
    }

    /** The index of the entry that comes next. */
    public long next() {
        return reader.next();
    }

    private EventJson.Line decode(byte[] entry) {
        return seals.open(entry);
    }

    private static boolean contains(byte[] bytes, byte[] mark) {
        for (int i = 0; i + mark.length <= bytes.length; i++) {
            if (bytes[i] == mark[0] && matches(bytes, i, mark)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(byte[] bytes, int at, byte[] mark) {
        for (int i = 1; i < mark.length; i++) {
            if (bytes[at + i] != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
