package dev.pawl.cli;

import dev.pawl.core.Body;
import dev.pawl.ledger.EventJson;
import dev.pawl.ledger.EventReader;
import dev.pawl.server.RunView;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** The records of several runs, read together. Not thread-safe. */
final class EventStreams implements Closeable {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final List<Stream> streams = new ArrayList<>();

    private static final class Stream {
        final RunView run;
        final EventReader reader;
        boolean ended;

        Stream(RunView run, EventReader reader) {
            this.run = run;
            this.reader = reader;
        }

        void poll(Consumer<EventJson.Line> to) throws IOException {
            reader.poll(line -> {
                ended |= line instanceof EventJson.Decoded(var event)
                        && event.body() instanceof Body.Control control
                        && control.operation().equals("end");
                to.accept(line);
            });
        }
    }

    private EventStreams() {}

    static EventStreams open(List<RunView> runs) throws IOException {
        EventStreams opened = new EventStreams();
        try {
            for (RunView run : runs) {
                opened.add(run);
            }
            return opened;
        } catch (IOException e) {
            opened.close();
            throw e;
        }
    }

    /** Everything that is there now, run after run. */
    void poll(Consumer<EventJson.Line> to) throws IOException {
        for (Stream stream : streams) {
            stream.poll(to);
        }
    }

    /** Everything, and what comes, until every run ended or lost its supervisor. */
    void follow(Consumer<EventJson.Line> to) throws IOException {
        boolean more = true;
        while (more && !Thread.currentThread().isInterrupted()) {
            more = false;
            for (Stream stream : streams) {
                // Asked before reading: what was written until then is read.
                boolean writing = !stream.run.facts().supervisor().gone();
                stream.poll(to);
                more |= writing && !stream.ended;
            }
            if (more) {
                LockSupport.parkNanos(this, POLL_NANOS);
            }
        }
    }

    /** One sentence for each run whose last line has no end. */
    List<String> unfinished() {
        return streams.stream()
                .filter(stream -> stream.reader.unfinished() > 0)
                .map(stream -> "pawl: " + stream.run.facts().run() + " ends with an unfinished line of "
                        + stream.reader.unfinished() + " bytes, which nobody was told is written")
                .toList();
    }

    @Override
    public void close() throws IOException {
        for (Stream stream : streams) {
            stream.reader.close();
        }
    }

    private void add(RunView run) throws IOException {
        try {
            streams.add(new Stream(run, EventReader.open(run.directory().events())));
        } catch (NoSuchFileException e) {
            // The run has recorded nothing yet.
            return;
        }
    }
}
