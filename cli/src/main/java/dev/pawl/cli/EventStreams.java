package dev.pawl.cli;

import dev.pawl.core.Body;
import dev.pawl.core.Event;
import dev.pawl.ledger.EventJson;
import dev.pawl.ledger.LedgerReader;
import dev.pawl.server.RunView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The events of several runs, in the order of the ledger. Not thread-safe. */
final class EventStreams {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Map<String, RunView> runs = new HashMap<>();
    private final Set<String> ended = new HashSet<>();
    private final LedgerReader reader;

    EventStreams(Path home, List<RunView> runs) {
        runs.forEach(run -> this.runs.put(run.facts().run(), run));
        long first =
                runs.stream().mapToLong(run -> run.directory().first()).min().orElse(Long.MAX_VALUE);
        reader = new LedgerReader(home, first);
    }

    /** Everything that is there now. */
    void poll(LedgerReader.Lines to) throws IOException {
        if (runs.isEmpty()) {
            return;
        }
        if (runs.size() == 1) {
            reader.poll(runs.keySet().iterator().next(), (index, line) -> take(index, line, to));
        } else {
            reader.poll((index, line) -> take(index, line, to));
        }
    }

    /** Everything, and what comes, until every run ended or lost its supervisor. */
    void follow(LedgerReader.Lines to) throws IOException {
        boolean more = true;
        while (more && !Thread.currentThread().isInterrupted()) {
            // Asked before reading: what was written until then is read.
            List<String> writing = runs.values().stream()
                    .filter(run -> !run.facts().supervisor().gone())
                    .map(run -> run.facts().run())
                    .toList();
            poll(to);
            more = writing.stream().anyMatch(run -> !ended.contains(run));
            if (more) {
                LockSupport.parkNanos(this, POLL_NANOS);
            }
        }
    }

    private void take(long index, EventJson.Line line, LedgerReader.Lines to) {
        switch (line) {
            case EventJson.Unreadable unreadable -> to.line(index, unreadable);
            case EventJson.Decoded(Event event) -> {
                if (runs.containsKey(event.run())) {
                    if (event.body() instanceof Body.Control control
                            && control.operation().equals("end")) {
                        ended.add(event.run());
                    }
                    to.line(index, line);
                }
            }
        }
    }
}
