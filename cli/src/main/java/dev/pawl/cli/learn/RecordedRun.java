package dev.pawl.cli.learn;

import dev.pawl.core.Event;
import dev.pawl.ledger.EventJson;
import dev.pawl.server.RunDirectory;
import java.io.IOException;
import java.util.function.Consumer;

/** The one place where this package reads the record of a run. */
final class RecordedRun {
    private RecordedRun() {}

    /** Hands over every event, in order; what cannot be read is passed over and counted. */
    static long read(RunDirectory run, Consumer<Event> to) throws IOException {
        long[] unreadable = new long[1];
        run.read((_, line) -> {
            switch (line) {
                case EventJson.Decoded(Event event) -> to.accept(event);
                case EventJson.Unreadable _ -> unreadable[0]++;
            }
        });
        return unreadable[0];
    }
}
