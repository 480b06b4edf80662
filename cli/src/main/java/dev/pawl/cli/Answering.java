package dev.pawl.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pawl.cli.view.Plain;
import dev.pawl.cli.view.QuestionText;
import dev.pawl.ledger.JsonOut;
import dev.pawl.server.ControlAnswer;
import dev.pawl.server.Questions;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** What approve and refuse share: finding the question, and saying what the answer did. */
final class Answering {
    /** Gives the answer. */
    @FunctionalInterface
    interface Give {
        ControlAnswer to(Questions questions, Questions.Listed question);
    }

    private Answering() {}

    static int of(CommandSpec spec, HomeSource home, String id, boolean json, Give give) {
        return Task.guarded(spec, () -> {
            Questions questions = new Questions(home.open());
            Questions.Listing listing = questions.open();
            Optional<Questions.Listed> found = listing.questions().stream()
                    .filter(question -> question.id().equals(id))
                    .findFirst();
            if (found.isEmpty()) {
                String how = listing.ended().get(id);
                return Task.refuse(
                        spec,
                        how == null
                                ? "there is no open question " + Plain.text(id, 40) + "; pawl approvals lists them"
                                : "question " + Plain.text(id, 40) + " " + Plain.text(how, 200));
            }
            return said(spec, json, found.get(), give.to(questions, found.get()));
        });
    }

    private static int said(CommandSpec spec, boolean json, Questions.Listed question, ControlAnswer answer)
            throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        return switch (answer) {
            case ControlAnswer.Answered(String said, Optional<String> grant) -> {
                if (json) {
                    out.print(new String(
                            new JsonOut()
                                    .text("question", question.id())
                                    .text("run", question.run())
                                    .text("said", said)
                                    .text("grant", grant.orElse(null))
                                    .line(),
                            UTF_8));
                } else {
                    QuestionText.of(question.question()).forEach(out::println);
                    out.println(Plain.text(said));
                    grant.ifPresent(lines -> {
                        out.println("To grant it for good, add to the charter:");
                        lines.lines().map(Plain::text).forEach(line -> out.println("  " + line));
                    });
                }
                yield 0;
            }
            case ControlAnswer.Refused(String reason) -> Task.refuse(spec, Plain.text(reason, 400));
            case ControlAnswer.Silent(String reason) ->
                Task.refuse(spec, "run " + question.run() + " does not answer (" + Plain.text(reason, 400) + ")");
            case ControlAnswer.Status _, ControlAnswer.Stopped _, ControlAnswer.Held _, ControlAnswer.Questions _ ->
                Task.refuse(spec, "run " + question.run() + " answered something else");
        };
    }
}
