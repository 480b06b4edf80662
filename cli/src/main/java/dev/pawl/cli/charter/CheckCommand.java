package dev.pawl.cli.charter;

import dev.pawl.core.Charter;
import dev.pawl.policy.BundleLoader;
import dev.pawl.policy.CharterException;
import dev.pawl.policy.Surroundings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what is wrong with a charter. */
@Command(name = "check", description = "Say everything that is wrong with a charter; exit code 1 if anything is.")
final class CheckCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE")
    @SuppressWarnings("NullAway.Init") // picocli fills it in before call
    private Path file;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in before call
    private CommandSpec spec;

    @Override
    public Integer call() {
        try {
            Charter charter = BundleLoader.load(file, Surroundings.current()).charter();
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
