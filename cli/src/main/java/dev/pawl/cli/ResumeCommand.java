package dev.pawl.cli;

import dev.pawl.server.ControlOrder;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Resumes runs. Exit code 1 if one did not obey or none was there. */
@Command(name = "resume", description = "Resume every process and flow of a run.")
final class ResumeCommand implements Callable<Integer> {
    private final HomeSource home;

    @Mixin
    private final Target target = new Target();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in before call
    private CommandSpec spec;

    ResumeCommand(HomeSource home) {
        this.home = home;
    }

    @Override
    public Integer call() {
        return Holding.order(spec, home, target, ControlOrder.RESUME, "resumed");
    }
}
