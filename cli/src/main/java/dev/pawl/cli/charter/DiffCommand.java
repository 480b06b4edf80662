package dev.pawl.cli.charter;

import dev.pawl.ledger.JsonOut;
import dev.pawl.policy.BundleLoader;
import dev.pawl.policy.Surroundings;
import dev.pawl.policy.review.Change;
import dev.pawl.policy.review.CharterDiff;
import dev.pawl.policy.review.Comparison;
import dev.pawl.policy.review.Side;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what changes for the agent when one charter takes the place of another. */
@Command(
        name = "diff",
        description = {
            "Say of each change from charter A to charter B whether it is looser, tighter or the same.",
            "Exit code 0 if nothing is looser, 3 if anything is or may be, 1 if one cannot be read."
        })
final class DiffCommand implements Callable<Integer> {
    static final int LOOSER = 3;

    private final Supplier<Surroundings> surroundings;

    @Option(names = "--json", description = "One JSON object a line: the changes, then the verdict.")
    private boolean json;

    @Parameters(index = "0", paramLabel = "A", description = "The charter as it was.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in before call
    private Path before;

    @Parameters(index = "1", paramLabel = "B", description = "The charter as it shall be.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in before call
    private Path after;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in before call
    private CommandSpec spec;

    DiffCommand(Supplier<Surroundings> surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Answer answer = new Answer(spec);
        return answer.of(() -> {
            Surroundings here = surroundings.get();
            Side one = Side.of(BundleLoader.load(before, here));
            Side other = Side.of(BundleLoader.load(after, here));
            Comparison comparison = CharterDiff.between(one, other);
            comparison.changes().forEach(change -> print(change, answer));
            if (json) {
                answer.json(new JsonOut().text("verdict", comparison.verdict()).flag("looser", comparison.looser()));
            } else {
                answer.line(comparison.verdict());
            }
            return comparison.looser() ? LOOSER : 0;
        });
    }

    private void print(Change change, Answer answer) {
        if (json) {
            answer.json(new JsonOut()
                    .text("sign", change.sign().text())
                    .text("area", change.area())
                    .text("from", change.from())
                    .text("to", change.to())
                    .text("because", change.because()));
        } else {
            answer.line(change.text());
        }
    }
}
