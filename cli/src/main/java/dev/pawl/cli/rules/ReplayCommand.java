package dev.pawl.cli.rules;

import dev.pawl.cli.view.EventText;
import dev.pawl.cli.view.Plain;
import dev.pawl.core.Body;
import dev.pawl.core.Event;
import dev.pawl.detect.Watch;
import dev.pawl.ledger.EventJson;
import dev.pawl.ledger.EventReader;
import dev.pawl.server.Home;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pawl replay}: rules over recorded events. The only clock is that of the events, so it says the same each time. */
@Command(
        name = "replay",
        description =
                "Run the rules over recorded events and print the findings; name the protocols of flows from recorded"
                        + " payloads. Exit code 1 if the file cannot be read.")
public final class ReplayCommand implements Callable<Integer> {
    private final Callable<Home> home;

    @Parameters(paramLabel = "FILE", description = "Events, one JSON object a line, as pawl events --json prints them.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in before call
    private Path file;

    @Option(names = "--rules", paramLabel = "PATH", description = "More rules: a file or a folder; may be repeated.")
    private List<Path> more = List.of();

    @Option(names = "--json", description = "Findings and flows as events, one JSON object a line.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in before call
    private CommandSpec spec;

    private long events;
    private long findings;
    private final FlowReplay flows = new FlowReplay();
    private final Map<String, Integer> protocols = new TreeMap<>();
    private long unreadable;

    /** Opens the home only when called. */
    public ReplayCommand(Callable<Home> home) {
        this.home = home;
    }

    @Override
    public Integer call() {
        try {
            LoadedRules loaded = LoadedRules.of(RulesCommand.root(home), more);
            Watch watch = loaded.watch();
            try (EventReader reader = EventReader.open(file)) {
                reader.poll(line -> take(line, watch));
                unreadable += reader.unfinished() > 0 ? 1 : 0;
            }
            flows.rest().forEach(flow -> told(flow, watch));
            if (!json) {
                if (!protocols.isEmpty()) {
                    spec.commandLine().getOut().println("flows: " + counted());
                }
                spec.commandLine().getOut().println(findings + " findings in " + events + " events");
            }
            spec.commandLine().getOut().flush();
            tell(loaded, watch);
            return 0;
        } catch (IOException e) {
            return RulesCommand.failed(spec, e);
        }
    }

    private void take(EventJson.Line line, Watch watch) {
        switch (line) {
            case EventJson.Unreadable(String reason) -> {
                unreadable++;
                spec.commandLine().getErr().println("pawl: a line that is no event: " + Plain.text(reason, 200));
            }
            case EventJson.Decoded(Event event) -> {
                events++;
                Optional<Event> flow = flows.take(event);
                if (flow.isPresent()) {
                    told(flow.get(), watch);
                }
                if (flow.filter(each -> each.id().equals(event.id())).isEmpty()) {
                    watch.feed(event).forEach(this::print);
                }
            }
        }
    }

    /** A flow that is complete takes the place of its last event. */
    private void told(Event event, Watch watch) {
        if (event.body() instanceof Body.Flow flow) {
            protocols.merge(flow.protocol(), 1, Integer::sum);
            if (flow.closed() != null) {
                watch.feed(event).forEach(this::print);
            }
            if (json) {
                spec.commandLine().getOut().print(new String(EventJson.encode(event), StandardCharsets.UTF_8));
            }
        }
    }

    private void print(Event finding) {
        findings++;
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.print(new String(EventJson.encode(finding), StandardCharsets.UTF_8));
        } else {
            out.println(EventText.line(finding));
        }
    }

    private String counted() {
        return protocols.entrySet().stream()
                .map(each -> each.getValue() + " " + Plain.text(each.getKey(), 20))
                .collect(Collectors.joining(", "));
    }

    /** What a person must know to judge the findings. */
    private void tell(LoadedRules loaded, Watch watch) {
        PrintWriter err = spec.commandLine().getErr();
        if (unreadable > 0) {
            err.println("pawl: " + unreadable + " lines were no events");
        }
        if (loaded.unusable() > 0) {
            err.println("pawl: " + loaded.unusable() + " rules cannot be used; see pawl rules check");
        }
        if (watch.forgotten() > 0) {
            err.println("pawl: " + watch.forgotten() + " groups of correlations were forgotten, there were too many");
        }
        err.flush();
    }
}
