package dev.pawl.cli.rules;

import dev.pawl.server.Home;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pawl rules}: which Sigma rules are in force, and whether they are what they should be. */
@Command(name = "rules", description = "Add, check, list, show and test Sigma rules.")
public final class RulesCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in before run
    private CommandSpec spec;

    private RulesCommand() {}

    /** The command with its own commands. */
    public static CommandLine of(Callable<Home> home) {
        return new CommandLine(new RulesCommand())
                .addSubcommand(new AddRules(home))
                .addSubcommand(new CheckRules(home))
                .addSubcommand(new ListRules(home))
                .addSubcommand(new ShowRule(home))
                .addSubcommand(new TestRule());
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    static Path root(Callable<Home> home) throws IOException {
        try {
            return home.call().root();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Prints why a command could not do its work. */
    static int failed(CommandSpec spec, IOException e) {
        spec.commandLine().getOut().flush();
        spec.commandLine().getErr().println("pawl: " + e.getMessage());
        spec.commandLine().getErr().flush();
        return 1;
    }
}
