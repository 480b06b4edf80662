package dev.pawl.cli;

import dev.pawl.server.ControlOrder;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Freezes runs. Exit code 1 if one did not obey or none was there. */
@Command(name = "freeze", description = "Freeze every process and flow of a run.")
final class FreezeCommand implements Callable<Integer> {
    private final HomeSource home;

    @Mixin
    private final Target target = new Target();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in before call
    private CommandSpec spec;

    FreezeCommand(HomeSource home) {
        this.home = home;
    }

    @Override
    public Integer call() {
        return Holding.order(spec, home, target, ControlOrder.FREEZE, "frozen");
    }
}
