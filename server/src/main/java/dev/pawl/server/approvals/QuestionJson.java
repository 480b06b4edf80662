package dev.pawl.server.approvals;

import dev.pawl.core.ProcessInfo;
import dev.pawl.ledger.JsonOut;
import java.nio.charset.StandardCharsets;

/** An open question as one line of JSON, for programs, and for the command that shows it to a person. */
final class QuestionJson {
    private QuestionJson() {}

    static String line(Question.Open open) {
        Question question = open.question();
        byte[] line = new JsonOut()
                .text("id", question.id())
                .text("digest", question.digest())
                .text("event", question.event())
                .text("asked", question.asked().toString())
                .number("seconds_left", open.secondsLeft())
                .number("tries", open.tries())
                .number("waiting", open.waiting())
                .text("agent", question.about().agent())
                .text("run", question.about().run())
                .text("owner", question.about().owner())
                .text("purpose", question.about().purpose())
                .text("rule", question.rule())
                .text("why", question.why())
                .text("what", Sentences.what(question.act()))
                .text("near", question.near())
                .begin("yes")
                .text("once", Sentences.once(question))
                .text("run", Sentences.run(question))
                .text("charter", question.line())
                .end()
                .text("kind", ActText.kind(question.act()))
                .begin("act")
                .also(out -> ActText.write(out, question.act()))
                .end()
                .objects("chain", question.chain(), QuestionJson::process)
                .line();
        return new String(line, StandardCharsets.UTF_8).stripTrailing();
    }

    private static void process(JsonOut out, ProcessInfo process) {
        out.number("pid", process.pid())
                .text("exe", process.exe())
                .texts("argv", process.argv())
                .text("cwd", process.cwd());
    }
}
