package dev.pawl.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pawl.cli.view.EventText;
import dev.pawl.cli.view.Plain;
import dev.pawl.core.Event;
import dev.pawl.ledger.EventJson;
import dev.pawl.ledger.Ledger;
import dev.pawl.ledger.LedgerReader;
import dev.pawl.ledger.index.EventFilter;
import dev.pawl.ledger.index.EventSearch;
import dev.pawl.ledger.ocsf.OcsfEvents;
import dev.pawl.server.Home;
import dev.pawl.server.RunView;
import dev.pawl.server.Runs;
import dev.pawl.server.Selection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what runs tried and what came of it. Exit code 1 if a run was named that is not there. */
@Command(name = "events", description = "Show the events of runs, oldest first.")
final class EventsCommand implements Callable<Integer> {
    private final HomeSource home;

    @Option(names = "--run", paramLabel = "R", description = "Only this run: its id or the beginning of it.")
    private @Nullable String run;

    @Mixin
    private final EventOptions filter = new EventOptions();

    @Option(names = "--last", paramLabel = "N", description = "Only the last N of them.")
    private long last = Long.MAX_VALUE;

    @Option(names = "--follow", description = "Wait for more until the runs ended.")
    private boolean follow;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Option(
            names = "--format",
            paramLabel = "F",
            defaultValue = "text",
            description = "text, json as with --json, or ocsf (1.9.0-dev): one JSON object a line.")
    private Format format = Format.text;

    @Option(
            names = "--to",
            paramLabel = "TO",
            description = "Append to this file, or post to this URL, instead of printing.")
    private @Nullable String to;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in before call
    private CommandSpec spec;

    /** As they are written on the command line. */
    enum Format {
        text,
        json,
        ocsf
    }

    /** How an event is written. */
    private interface EventShape {
        byte[] line(long entry, Event event);
    }

    EventsCommand(HomeSource home) {
        this.home = home;
    }

    @Override
    public Integer call() {
        return Task.guarded(spec, this::show);
    }

    private int show() throws IOException {
        Home opened = home.open();
        Runs runs = new Runs(opened);
        return switch (run == null ? new Selection.Chosen(runs.all()) : runs.select(run)) {
            case Selection.None(String reason) -> Task.refuse(spec, reason);
            case Selection.Chosen(var chosen) -> show(opened, chosen);
        };
    }

    private int show(Home opened, List<RunView> chosen) throws IOException {
        Set<String> named = run == null
                ? Set.of()
                : chosen.stream().map(view -> view.facts().run()).collect(Collectors.toSet());
        EventFilter wanted = filter.over(named);
        EventShape shape = shape(opened);
        try (EventOutlet outlet = EventOutlet.open(to, spec.commandLine().getOut())) {
            LedgerReader.Lines print = (entry, line) -> print(shape, outlet, entry, line);
            if (follow) {
                List<RunView> followed = chosen.stream()
                        .filter(view ->
                                filter.agent == null || view.facts().agent().equals(filter.agent))
                        .toList();
                new EventStreams(opened.root(), followed).follow((entry, line) -> {
                    if (!(line instanceof EventJson.Decoded(Event event)) || wanted.matches(event)) {
                        print.line(entry, line);
                    }
                });
            } else {
                new EventSearch(opened.root()).find(wanted, last, print);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        spec.commandLine().getErr().flush();
        return 0;
    }

    private EventShape shape(Home opened) throws IOException {
        if (format == Format.ocsf) {
            try (Ledger ledger = Ledger.open(opened.root())) {
                String machine =
                        Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
                return new OcsfEvents(machine, ledger.key().name())::line;
            }
        }
        return json || format == Format.json
                ? (_, event) -> EventJson.encode(event)
                : (_, event) -> (EventText.line(event) + System.lineSeparator()).getBytes(UTF_8);
    }

    private void print(EventShape shape, EventOutlet outlet, long entry, EventJson.Line line) {
        try {
            switch (line) {
                case EventJson.Unreadable(String reason) ->
                    spec.commandLine().getErr().println("pawl: a line that is no event: " + Plain.text(reason, 200));
                case EventJson.Decoded(Event event) -> outlet.line(shape.line(entry, event));
            }
            if (follow) {
                outlet.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
