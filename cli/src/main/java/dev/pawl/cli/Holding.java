package dev.pawl.cli;

import dev.pawl.cli.view.Durations;
import dev.pawl.cli.view.Plain;
import dev.pawl.core.RunControl;
import dev.pawl.server.ControlAnswer;
import dev.pawl.server.ControlOrder;
import dev.pawl.server.RunView;
import dev.pawl.server.Runs;
import dev.pawl.server.Selection;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** What freeze and resume share. */
final class Holding {
    private Holding() {}

    /** Gives the order to every run meant; 1 if one of them did not obey or none was there. */
    static int order(CommandSpec spec, HomeSource home, Target target, ControlOrder order, String done) {
        return Task.guarded(spec, () -> {
            Runs runs = new Runs(home.open());
            return switch (target.select(runs)) {
                case Selection.None(String reason) -> Task.refuse(spec, reason);
                case Selection.Chosen(var chosen) -> order(spec, runs, chosen, order, done);
            };
        });
    }

    private static int order(CommandSpec spec, Runs runs, List<RunView> chosen, ControlOrder order, String done)
            throws IOException {
        List<ControlAnswer> answers = Target.each(chosen, run -> runs.order(run, order));
        int code = 0;
        for (int i = 0; i < answers.size(); i++) {
            String name =
                    chosen.get(i).facts().run() + " (" + chosen.get(i).facts().agent() + ")";
            code |= switch (answers.get(i)) {
                case ControlAnswer.Held(RunControl.Held held) -> {
                    spec.commandLine()
                            .getOut()
                            .println(name + " " + done + " in " + Durations.millis(held.tookMillis()) + ": "
                                    + held.processes() + " processes by " + Plain.text(held.means(), 40));
                    yield 0;
                }
                case ControlAnswer.Refused(String reason) -> Task.refuse(spec, name + ": " + Plain.text(reason, 400));
                case ControlAnswer.Silent(String reason) ->
                    Task.refuse(spec, name + " does not answer (" + Plain.text(reason, 400) + ")");
                case ControlAnswer.Status status -> Task.refuse(spec, name + " answered something else");
                case ControlAnswer.Stopped _, ControlAnswer.Questions _, ControlAnswer.Answered _ ->
                    Task.refuse(spec, name + " answered something else");
            };
        }
        return code;
    }
}
