package dev.pawl.cli.charter;

import dev.pawl.core.Charter;
import dev.pawl.policy.BundleLoader;
import dev.pawl.policy.Surroundings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what is wrong with a charter. */
@Command(name = "check", description = "Say everything that is wrong with a charter; exit code 1 if anything is.")
final class CheckCommand implements Callable<Integer> {
    private final Supplier<Surroundings> surroundings;

    @Parameters(paramLabel = "FILE")
    @SuppressWarnings("NullAway.Init") // picocli fills it in before call
    private Path file;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in before call
    private CommandSpec spec;

    CheckCommand(Supplier<Surroundings> surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Answer answer = new Answer(spec);
        return answer.of(() -> {
            Charter charter = BundleLoader.load(file, surroundings.get()).charter();
            answer.line(file + ": fine; agent " + charter.agent() + ", owner "
                    + charter.owner().name());
            return 0;
        });
    }
}
