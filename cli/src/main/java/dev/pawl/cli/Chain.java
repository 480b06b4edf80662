package dev.pawl.cli;

import dev.pawl.core.Decision;
import dev.pawl.core.Event;
import dev.pawl.ledger.EventJson;
import dev.pawl.ledger.LedgerReader;
import dev.pawl.server.RunDirectory;
import dev.pawl.server.RunView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The events that led to one, from the start of its run, and those it led to.
 *
 * @param after the first {@value #MAX_AFTER} of those whose cause it is
 * @param beyond how many more there are
 */
record Chain(RunView run, List<Event> events, List<Event> after, long beyond) {
    private static final int MAX_MATCHES = 5;
    private static final int MAX_AFTER = 20;

    /** An event that was looked for and where it stands. */
    record Match(RunView run, String event) {}

    /** Events whose id begins so; only the first few. */
    static List<Match> find(Path home, List<RunView> runs, String prefix) throws IOException {
        Map<String, RunView> known = new HashMap<>();
        runs.forEach(run -> known.put(run.facts().run(), run));
        List<Match> matches = new ArrayList<>();
        new LedgerReader(home, 0).poll((_, line) -> {
            if (line instanceof EventJson.Decoded(Event event) && event.id().startsWith(prefix)) {
                RunView run = known.get(event.run());
                if (run != null && event.id().equals(prefix)) {
                    matches.removeIf(match -> !match.event.equals(prefix));
                    matches.add(new Match(run, event.id()));
                } else if (run != null && matches.size() < MAX_MATCHES) {
                    matches.add(new Match(run, event.id()));
                }
            }
        });
        return matches;
    }

    /** The denial that was recorded last. */
    static Optional<Match> lastDenial(List<RunView> runs) throws IOException {
        List<Match> last = new ArrayList<>();
        for (RunView run : runs) {
            read(run.directory(), event -> {
                boolean denied = event.decision() != null && event.decision().verdict() == Decision.Verdict.DENY;
                if (denied && (last.isEmpty() || last.getLast().event.compareTo(event.id()) < 0)) {
                    last.clear();
                    last.add(new Match(run, event.id()));
                }
            });
        }
        return last.stream().findFirst();
    }

    /** Reads the record twice, so that only the links and the chain itself are held in memory. */
    static Chain of(Match match) throws IOException {
        Map<String, String> causes = new HashMap<>();
        read(match.run.directory(), event -> {
            if (event.cause() != null) {
                causes.put(event.id(), event.cause());
            }
        });
        List<String> ids = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (@Nullable String id = match.event; id != null && seen.add(id); id = causes.get(id)) {
            ids.addFirst(id);
        }
        Map<String, Event> events = new HashMap<>();
        List<Event> after = new ArrayList<>();
        long[] beyond = {0};
        read(match.run.directory(), event -> {
            if (seen.contains(event.id())) {
                events.put(event.id(), event);
            } else if (match.event.equals(event.cause())) {
                if (after.size() < MAX_AFTER) {
                    after.add(event);
                } else {
                    beyond[0]++;
                }
            }
        });
        return new Chain(
                match.run,
                ids.stream().filter(events::containsKey).map(events::get).toList(),
                List.copyOf(after),
                beyond[0]);
    }

    private static void read(RunDirectory run, Consumer<Event> to) throws IOException {
        run.read((_, line) -> {
            if (line instanceof EventJson.Decoded(Event event)) {
                to.accept(event);
            }
        });
    }
}
