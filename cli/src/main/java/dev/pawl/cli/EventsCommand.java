package dev.pawl.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pawl.cli.view.EventText;
import dev.pawl.cli.view.Plain;
import dev.pawl.core.Event;
import dev.pawl.ledger.EventJson;
import dev.pawl.server.Home;
import dev.pawl.server.RunView;
import dev.pawl.server.Runs;
import dev.pawl.server.Selection;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what runs tried and what came of it. Exit code 1 if a run was named that is not there. */
@Command(name = "events", description = "Show the events of runs, oldest first.")
final class EventsCommand implements Callable<Integer> {
    private final HomeSource home;

    @Option(names = "--run", paramLabel = "R", description = "Only this run: its id or the beginning of it.")
    private @Nullable String run;

    @Option(names = "--agent", paramLabel = "A", description = "Only runs of this agent.")
    private @Nullable String agent;

    @Option(
            names = "--kind",
            paramLabel = "K",
            description = "Only exec, dns, connect, flow, file, resource, control, finding.")
    private @Nullable String kind;

    @Option(names = "--denied", description = "Only what was denied.")
    private boolean denied;

    @Option(names = "--follow", description = "Wait for more until the runs ended.")
    private boolean follow;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in before call
    private CommandSpec spec;

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
        List<RunView> wanted = chosen.stream()
                .filter(view -> agent == null || view.facts().agent().equals(agent))
                .toList();
        EventStreams streams = new EventStreams(opened.root(), wanted);
        if (follow) {
            streams.follow(this::print);
        } else {
            streams.poll(this::print);
        }
        spec.commandLine().getErr().flush();
        return 0;
    }

    private void print(EventJson.Line line) {
        PrintWriter out = spec.commandLine().getOut();
        switch (line) {
            case EventJson.Unreadable(String reason) ->
                spec.commandLine().getErr().println("pawl: a line that is no event: " + Plain.text(reason, 200));
            case EventJson.Decoded(Event event) -> {
                if (wanted(event)) {
                    out.print(
                            json
                                    ? new String(EventJson.encode(event), UTF_8)
                                    : EventText.line(event) + System.lineSeparator());
                }
            }
        }
        if (follow) {
            out.flush();
        }
    }

    private boolean wanted(Event event) {
        return (kind == null || event.body().kind().equals(kind))
                && (!denied || (event.decision() != null && event.decision().denied()));
    }
}
