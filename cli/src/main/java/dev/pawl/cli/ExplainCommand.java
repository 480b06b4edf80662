package dev.pawl.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pawl.cli.view.CauseTree;
import dev.pawl.cli.view.CharterLine;
import dev.pawl.cli.view.Explanation;
import dev.pawl.cli.view.Plain;
import dev.pawl.core.Decision;
import dev.pawl.core.Event;
import dev.pawl.ledger.EventJson;
import dev.pawl.ledger.JsonOut;
import dev.pawl.server.Home;
import dev.pawl.server.RunFacts;
import dev.pawl.server.RunView;
import dev.pawl.server.Runs;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Says in plain words what an event was, why it was decided as it was, what led to it and what came of it. Exit code 1 if
 * there is no such event, or several.
 */
@Command(
        name = "explain",
        description = "Say what an event was, why it was decided so, what led to it and what came of it.")
final class ExplainCommand implements Callable<Integer> {
    private final HomeSource home;

    @Parameters(
            paramLabel = "EVENT",
            arity = "0..1",
            description = "The id of an event, or the beginning of it; without it the last denial of all runs.")
    private String event = "";

    @Option(
            names = "--json",
            description = "One JSON object a line: the events of the chain, those it led to, and what they mean.")
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
        List<RunView> runs = new Runs(opened).all();
        if (event.isEmpty()) {
            Optional<Chain.Match> last = Chain.lastDenial(runs);
            if (last.isEmpty()) {
                return Task.refuse(spec, "nothing was denied; which event? pawl events --json shows the ids");
            }
            print(Chain.of(last.get()));
            return 0;
        }
        List<Chain.Match> matches = Chain.find(opened.root(), runs, event);
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

    private void print(Chain chain) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Optional<String> charter = chain.run().directory().charterText();
        Function<String, Optional<String>> line = rule -> charter.flatMap(text -> CharterLine.find(text, rule));
        if (json) {
            Stream.concat(chain.events().stream(), chain.after().stream())
                    .forEach(each -> out.print(new String(EventJson.encode(each), UTF_8)));
            out.print(new String(meaning(chain, line), UTF_8));
            return;
        }
        RunFacts facts = chain.run().facts();
        out.println("run " + facts.run() + " of " + facts.agent() + ", owner " + Plain.text(facts.owner(), 80)
                + ", charter " + Plain.text(facts.charter(), 200));
        out.println();
        new Explanation(chain.events(), chain.after(), chain.beyond())
                .lines(line)
                .forEach(out::println);
        out.println();
        CauseTree.lines(chain.events(), line).forEach(out::println);
    }

    /** What is no event: which of them is explained, and what follows from its decision. */
    private static byte[] meaning(Chain chain, Function<String, Optional<String>> charterLine) {
        Event explained = chain.events().getLast();
        Decision decision = explained.decision();
        JsonOut json = new JsonOut()
                .text("explained", explained.id())
                .texts("chain", chain.events().stream().map(Event::id).toList())
                .texts("after", chain.after().stream().map(Event::id).toList())
                .number("beyond", chain.beyond());
        if (decision != null) {
            json.text("charter", charterLine.apply(decision.rule()).orElse(null));
            if (decision.verdict() == Decision.Verdict.DENY) {
                json.text("remedy", Explanation.remedy(explained, decision));
            }
        }
        return json.line();
    }
}
