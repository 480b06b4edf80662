package dev.pawl.cli;

import dev.pawl.core.Charter;
import dev.pawl.policy.AgentText;
import dev.pawl.policy.BundleLoader;
import dev.pawl.policy.CharterException;
import dev.pawl.policy.CharterText;
import dev.pawl.policy.PolicyBundle;
import dev.pawl.policy.Surroundings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at charters without running anything. */
@Command(
        name = "charter",
        description = "Check a charter, or show what it means.",
        subcommands = {CharterCommand.Check.class, CharterCommand.Show.class})
final class CharterCommand {
    @Command(name = "check", description = "Say everything that is wrong with a charter; exit code 1 if anything is.")
    static final class Check implements Callable<Integer> {
        @Parameters(paramLabel = "FILE")
        @SuppressWarnings("NullAway.Init") // picocli fills it in before call
        private Path file;

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli fills it in before call
        private CommandSpec spec;

        @Override
        public Integer call() {
            try {
                Charter charter =
                        BundleLoader.load(file, Surroundings.current()).charter();
                spec.commandLine()
                        .getOut()
                        .println(file + ": fine; agent " + charter.agent() + ", owner "
                                + charter.owner().name());
                return 0;
            } catch (CharterException e) {
                spec.commandLine().getErr().println(e.getMessage());
                return 1;
            }
        }
    }

    @Command(
            name = "show",
            description = "Print the effective charter with all defaults; without a file the built-in one.")
    static final class Show implements Callable<Integer> {
        @Option(names = "--for-agent", description = "Print what the agent is told, as it finds it in its sandbox.")
        private boolean forAgent;

        @Parameters(paramLabel = "FILE", arity = "0..1")
        private @Nullable Path file;

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli fills it in before call
        private CommandSpec spec;

        @Override
        public Integer call() {
            try {
                Surroundings surroundings = Surroundings.current();
                PolicyBundle bundle =
                        file == null ? BundleLoader.builtIn(surroundings) : BundleLoader.load(file, surroundings);
                spec.commandLine()
                        .getOut()
                        .print(forAgent ? AgentText.render(bundle) : CharterText.render(bundle.charter()));
                spec.commandLine().getOut().flush();
                return 0;
            } catch (CharterException e) {
                spec.commandLine().getErr().println(e.getMessage());
                return 1;
            }
        }
    }
}
