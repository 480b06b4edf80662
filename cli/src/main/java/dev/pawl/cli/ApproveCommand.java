package dev.pawl.cli;

import dev.pawl.server.approvals.Scope;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says yes to one question. Exit code 1 if the yes does not count. */
@Command(name = "approve", description = "Say yes to one question, by the name that pawl approvals shows.")
final class ApproveCommand implements Callable<Integer> {
    private final HomeSource home;

    @Parameters(paramLabel = "ID", description = "Which question.")
    private String id = "";

    @Option(
            names = "--scope",
            paramLabel = "once|run|charter",
            description = "What the yes is good for: one attempt (default), the same act in this run, or one attempt"
                    + " and the line that would grant it.")
    private String scope = Scope.ONCE.text();

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in before call
    private CommandSpec spec;

    ApproveCommand(HomeSource home) {
        this.home = home;
    }

    @Override
    public Integer call() {
        Optional<Scope> known = Scope.of(scope);
        return known.isEmpty()
                ? Task.refuse(spec, "a yes is for once, run or charter, not " + scope)
                : Answering.of(spec, home, id, json, (questions, question) -> questions.approve(question, known.get()));
    }
}
