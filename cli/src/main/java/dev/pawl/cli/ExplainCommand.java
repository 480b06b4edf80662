package dev.pawl.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pawl.cli.view.CauseTree;
import dev.pawl.cli.view.CharterLine;
import dev.pawl.cli.view.Plain;
import dev.pawl.core.Event;
import dev.pawl.ledger.EventJson;
import dev.pawl.server.Home;
import dev.pawl.server.RunFacts;
import dev.pawl.server.Runs;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what led to an event and why it was decided as it was. Exit code 1 if there is no such event, or several. */
@Command(name = "explain", description = "Show the chain of causes of an event, from the start of its run.")
final class ExplainCommand implements Callable<Integer> {
    private final HomeSource home;

    @Parameters(paramLabel = "EVENT", description = "The id of an event, or the beginning of it.")
    private String event = "";

    @Option(names = "--json", description = "One JSON object a line: the events of the chain.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in before call
    private CommandSpec spec;

    ExplainCommand(HomeSource home) {
        this.home = home;
    }

    @Override
    public Integer call() {
        return Task.guarded(spec, this::explain);
    }

    private int explain() throws IOException {
        Home opened = home.open();
        List<Chain.Match> matches =
                event.isEmpty() ? List.of() : Chain.find(opened.root(), new Runs(opened).all(), event);
        if (matches.size() != 1) {
            return Task.refuse(
                    spec,
                    matches.isEmpty()
                            ? "no event begins with " + event + "; pawl events --json shows the ids"
                            : "several events begin with " + event + ", among them "
                                    + matches.stream()
                                            .map(Chain.Match::event)
                                            .map(id -> Plain.text(id, 40))
                                            .collect(Collectors.joining(", ")));
        }
        print(Chain.of(matches.getFirst()));
        return 0;
    }

    private void print(Chain chain) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            for (Event each : chain.events()) {
                out.print(new String(EventJson.encode(each), UTF_8));
            }
            return;
        }
        RunFacts facts = chain.run().facts();
        out.println("run " + facts.run() + " of " + facts.agent() + ", owner " + Plain.text(facts.owner(), 80)
                + ", charter " + Plain.text(facts.charter(), 200));
        Optional<String> charter = chain.run().directory().charterText();
        CauseTree.lines(chain.events(), rule -> charter.flatMap(text -> CharterLine.find(text, rule)))
                .forEach(out::println);
    }
}
