package dev.pawl.cli;

import dev.pawl.cli.authzen.AuthzenCommand;
import dev.pawl.cli.charter.CharterCommand;
import dev.pawl.cli.demo.DemoCommand;
import dev.pawl.cli.learn.LearnCommand;
import dev.pawl.cli.mcp.HookCommand;
import dev.pawl.cli.mcp.McpCommand;
import dev.pawl.cli.rules.ReplayCommand;
import dev.pawl.cli.rules.RulesCommand;
import dev.pawl.cli.run.RunCommand;
import dev.pawl.cli.up.Client;
import dev.pawl.cli.up.UpCommand;
import dev.pawl.policy.Surroundings;
import dev.pawl.server.Home;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Where every command begins. {@code run} goes its own short way: picocli alone would cost it a tenth of a second. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        List<String> words = Arrays.asList(args);
        int code = switch (words.isEmpty() ? "" : words.getFirst()) {
            case "run" -> RunCommand.run(words.subList(1, words.size()), Client::run);
            case "hook" -> HookCommand.run(words.subList(1, words.size()));
            case "mcp" -> McpCommand.run(words.subList(1, words.size()));
            default -> command().execute(args);
        };
        System.out.flush();
        // Nothing that is still running is needed: what matters is on disk by now.
        Runtime.getRuntime().halt(code);
    }

    static CommandLine command() {
        HomeSource home = () -> Home.open(Surroundings.current().pawlHome());
        return new CommandLine(new Root())
                .addSubcommand(new EventsCommand(home))
                .addSubcommand(new ExplainCommand(home))
                .addSubcommand(new PsCommand(home, Clock.systemUTC()))
                .addSubcommand(new BudgetCommand(home, Clock.systemUTC()))
                .addSubcommand(new StopCommand(home))
                .addSubcommand(new ApprovalsCommand(home))
                .addSubcommand(new ApproveCommand(home))
                .addSubcommand(new RefuseCommand(home))
                .addSubcommand(new FreezeCommand(home))
                .addSubcommand(new ResumeCommand(home))
                .addSubcommand("ledger", LedgerCommand.line(home))
                .addSubcommand("learn", LearnCommand.line(Surroundings::current, Clock.systemUTC()))
                .addSubcommand("charter", CharterCommand.line(Surroundings::current))
                .addSubcommand(RulesCommand.of(home::open))
                .addSubcommand(new ReplayCommand(home::open))
                .addSubcommand(new DemoCommand())
                .addSubcommand(new UpCommand(home::open))
                .addSubcommand(new AuthzenCommand(Surroundings::current, Clock.systemUTC()))
                // Words that begin with @ are the agent's, and no file of it is to be read for them.
                .setExpandAtFiles(false)
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    }

    @Command(
            name = "pawl",
            mixinStandardHelpOptions = true,
            version = "pawl 0.1.0",
            description = "Holds autonomous agents: they work, they cannot run away.",
            footer = {
                "",
                "  pawl run [--charter FILE] [--quiet] -- COMMAND    run any agent, held; exit code is the agent's",
                "  pawl mcp [--charter FILE] [--name NAME] -- SERVER    a server of MCP tools, its calls decided"
            })
    private static final class Root implements Runnable {
        @CommandLine.Spec
        @SuppressWarnings("NullAway.Init") // picocli fills it in before run
        private CommandLine.Model.CommandSpec spec;

        @Override
        public void run() {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
    }
}
