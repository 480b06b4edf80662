package dev.pawl.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pawl.cli.view.Durations;
import dev.pawl.core.RunControl;
import dev.pawl.ledger.JsonOut;
import dev.pawl.server.RunFacts;
import dev.pawl.server.Runs;
import dev.pawl.server.Selection;
import dev.pawl.server.StopReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Ends runs for certain. Exit code 1 if anything is left or nothing was there to stop. */
@Command(name = "stop", description = "Stop runs: close flows, end processes, prove that none is left.")
final class StopCommand implements Callable<Integer> {
    private final HomeSource home;

    @Mixin
    private final Target target = new Target();

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in before call
    private CommandSpec spec;

    StopCommand(HomeSource home) {
        this.home = home;
    }

    @Override
    public Integer call() {
        return Task.guarded(spec, this::stop);
    }

    private int stop() throws IOException {
        Runs runs = new Runs(home.open());
        return switch (target.select(runs)) {
            case Selection.None(String reason) -> Task.refuse(spec, reason);
            case Selection.Chosen(var chosen) -> {
                List<StopReport> reports = Target.each(chosen, runs::stop);
                PrintWriter out = spec.commandLine().getOut();
                reports.forEach(report -> out.print(json ? line(report) : text(report)));
                yield reports.stream()
                                .allMatch(report -> report.stopped().left().isEmpty())
                        ? 0
                        : 1;
            }
        };
    }

    private static String text(StopReport report) {
        RunFacts facts = report.run().facts();
        RunControl.Stopped stopped = report.stopped();
        String name = facts.run() + " (" + facts.agent() + ") ";
        if (report.how() == StopReport.How.ENDED) {
            return name + "had ended already" + System.lineSeparator();
        }
        String how = report.how() == StopReport.How.KILLED ? "did not answer and was killed: " : "stopped: ";
        String times = "flows closed after " + Durations.millis(stopped.flowsMillis()) + ", " + stopped.processes()
                + " processes gone after " + Durations.millis(stopped.killedMillis()) + ", verified after "
                + Durations.millis(stopped.verifiedMillis());
        String left = stopped.left().isEmpty() ? "" : "; STILL THERE: " + stopped.left();
        return name + how + times + left + System.lineSeparator();
    }

    private static String line(StopReport report) {
        RunControl.Stopped stopped = report.stopped();
        return new String(
                new JsonOut()
                        .text("run", report.run().facts().run())
                        .text("agent", report.run().facts().agent())
                        .text("how", report.how().name().toLowerCase(Locale.ROOT))
                        .decimal("flows_ms", stopped.flowsMillis())
                        .decimal("killed_ms", stopped.killedMillis())
                        .decimal("verified_ms", stopped.verifiedMillis())
                        .number("processes", stopped.processes())
                        .numbers("left", stopped.left())
                        .line(),
                UTF_8);
    }
}
