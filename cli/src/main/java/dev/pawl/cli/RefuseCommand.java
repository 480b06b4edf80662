package dev.pawl.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says no to one question. Exit code 1 if the no does not count. */
@Command(name = "refuse", description = "Say no to one question, by the name that pawl approvals shows.")
final class RefuseCommand implements Callable<Integer> {
    private final HomeSource home;

    @Parameters(paramLabel = "ID", description = "Which question.")
    private String id = "";

    @Option(names = "--because", paramLabel = "TEXT", description = "Why; the agent can read it.")
    private String because = "";

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in before call
    private CommandSpec spec;

    RefuseCommand(HomeSource home) {
        this.home = home;
    }

    @Override
    public Integer call() {
        return Answering.of(spec, home, id, json, (questions, question) -> questions.refuse(question, because));
    }
}
