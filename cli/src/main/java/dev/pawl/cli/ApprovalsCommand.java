package dev.pawl.cli;

import dev.pawl.cli.view.QuestionText;
import dev.pawl.server.Questions;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what agents ask for. */
@Command(name = "approvals", description = "Show the questions that wait for an answer.")
final class ApprovalsCommand implements Callable<Integer> {
    private final HomeSource home;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in before call
    private CommandSpec spec;

    ApprovalsCommand(HomeSource home) {
        this.home = home;
    }

    @Override
    public Integer call() {
        return Task.guarded(spec, this::list);
    }

    private int list() throws IOException {
        Questions.Listing listing = new Questions(home.open()).open();
        PrintWriter out = spec.commandLine().getOut();
        for (Questions.Listed question : listing.questions()) {
            if (json) {
                out.println(question.json());
            } else {
                QuestionText.of(question.question()).forEach(out::println);
                out.println();
            }
        }
        if (!json) {
            out.println(QuestionText.total(listing.questions().size(), listing.more()));
        }
        return 0;
    }
}
