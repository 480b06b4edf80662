package dev.pawl.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pawl.cli.view.Durations;
import dev.pawl.cli.view.Table;
import dev.pawl.ledger.JsonOut;
import dev.pawl.server.RunFacts;
import dev.pawl.server.RunView;
import dev.pawl.server.Runs;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists runs. */
@Command(name = "ps", description = "List live runs, with their agent, owner and state.")
final class PsCommand implements Callable<Integer> {
    private final HomeSource home;
    private final Clock clock;

    @Option(names = "--all", description = "Also runs that ended or were lost.")
    private boolean all;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in before call
    private CommandSpec spec;

    PsCommand(HomeSource home, Clock clock) {
        this.home = home;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        return Task.guarded(spec, this::list);
    }

    private int list() throws IOException {
        List<RunView> runs = new Runs(home.open())
                .all().stream().filter(run -> all || run.live()).toList();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            runs.forEach(run -> out.print(line(run)));
            return 0;
        }
        if (runs.isEmpty()) {
            out.println(all ? "no runs" : "no live runs");
            return 0;
        }
        Table table = new Table("RUN", "AGENT", "STATE", "OWNER", "STARTED", "PROCESSES");
        for (RunView run : runs) {
            RunFacts facts = run.facts();
            Duration age = Duration.between(facts.started(), clock.instant());
            table.row(
                    facts.run(),
                    facts.agent(),
                    run.state(),
                    facts.owner(),
                    Durations.text(age.isNegative() ? Duration.ZERO : age) + " ago",
                    String.valueOf(run.processes()));
        }
        table.lines().forEach(out::println);
        return 0;
    }

    private static String line(RunView run) {
        RunFacts facts = run.facts();
        return new String(
                new JsonOut()
                        .text("run", facts.run())
                        .text("agent", facts.agent())
                        .text("state", run.state())
                        .text("owner", facts.owner())
                        .text("started", facts.started().toString())
                        .number("processes", run.processes())
                        .line(),
                UTF_8);
    }
}
