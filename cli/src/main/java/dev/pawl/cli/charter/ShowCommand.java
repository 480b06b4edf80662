package dev.pawl.cli.charter;

import dev.pawl.core.Charter;
import dev.pawl.policy.BundleLoader;
import dev.pawl.policy.CharterException;
import dev.pawl.policy.CharterText;
import dev.pawl.policy.Surroundings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a charter means. */
@Command(name = "show", description = "Print the effective charter with all defaults; without a file the built-in one.")
final class ShowCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", arity = "0..1")
    private @Nullable Path file;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in before call
    private CommandSpec spec;

    @Override
    public Integer call() {
        try {
            Surroundings surroundings = Surroundings.current();
            Charter charter = (file == null
                            ? BundleLoader.builtIn(surroundings)
                            : BundleLoader.load(file, surroundings))
                    .charter();
            spec.commandLine().getOut().print(CharterText.render(charter));
            spec.commandLine().getOut().flush();
            return 0;
        } catch (CharterException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 1;
        }
    }
}
