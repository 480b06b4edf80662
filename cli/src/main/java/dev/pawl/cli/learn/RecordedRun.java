package dev.pawl.cli.learn;

import dev.pawl.core.Event;
import dev.pawl.ledger.EventJson;
import dev.pawl.ledger.EventReader;
import dev.pawl.server.RunDirectory;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.function.Consumer;

/** The one place where this package reads the record of a run. */
final class RecordedRun {
    private RecordedRun() {}

    /** Hands over every event, in order; what cannot be read is passed over and counted. */
    static long read(RunDirectory run, Consumer<Event> to) throws IOException {
        long[] unreadable = new long[1];
        try (EventReader reader = EventReader.open(run.events())) {
            reader.poll(line -> {
                switch (line) {
                    case EventJson.Decoded(Event event) -> to.accept(event);
                    case EventJson.Unreadable _ -> unreadable[0]++;
                }
            });
            return unreadable[0] + (reader.unfinished() > 0 ? 1 : 0);
        } catch (NoSuchFileException e) {
            // The run has recorded nothing yet.
            return 0;
        }
    }
}
