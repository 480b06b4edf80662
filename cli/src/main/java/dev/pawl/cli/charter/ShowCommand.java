package dev.pawl.cli.charter;

import dev.pawl.policy.AgentText;
import dev.pawl.policy.BundleLoader;
import dev.pawl.policy.CharterException;
import dev.pawl.policy.CharterText;
import dev.pawl.policy.PolicyBundle;
import dev.pawl.policy.Surroundings;
import dev.pawl.policy.engine.PolicyEngine;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a charter means. */
@Command(name = "show", description = "Print the effective charter with all defaults; without a file the built-in one.")
final class ShowCommand implements Callable<Integer> {
    private final Supplier<Surroundings> surroundings;

    @Option(
            names = "--cedar",
            description = "Print the rules that decide, as Cedar, in the order that names decisions.")
    private boolean cedar;

    @Option(names = "--for-agent", description = "Print what the agent is told, as Markdown.")
    private boolean forAgent;

    @Parameters(paramLabel = "FILE", arity = "0..1")
    private @Nullable Path file;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in before call
    private CommandSpec spec;

    ShowCommand(Supplier<Surroundings> surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Answer answer = new Answer(spec);
        return answer.of(() -> {
            PolicyBundle bundle = bundle();
            answer.text(text(bundle));
            return 0;
        });
    }

    private String text(PolicyBundle bundle) throws CharterException {
        if (cedar && forAgent) {
            throw new ParameterException(spec.commandLine(), "--cedar and --for-agent are two texts; ask for one");
        }
        if (cedar) {
            return PolicyEngine.of(bundle).cedar();
        }
        return forAgent ? AgentText.render(bundle) : CharterText.render(bundle.charter());
    }

    private PolicyBundle bundle() throws CharterException {
        Surroundings here = surroundings.get();
        return file == null ? BundleLoader.builtIn(here) : BundleLoader.load(file, here);
    }
}
