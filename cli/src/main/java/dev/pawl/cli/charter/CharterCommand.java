package dev.pawl.cli.charter;

import dev.pawl.policy.Surroundings;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands that look at charters without running anything. */
@Command(name = "charter", description = "Check a charter, show what it means, or compare two.")
public final class CharterCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in before run
    private CommandSpec spec;

    private CharterCommand() {}

    /** With its subcommands; {@code surroundings} are asked for when one of them runs. */
    public static CommandLine line(Supplier<Surroundings> surroundings) {
        return new CommandLine(new CharterCommand())
                .addSubcommand(new CheckCommand(surroundings))
                .addSubcommand(new ShowCommand(surroundings))
                .addSubcommand(new DiffCommand(surroundings));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
