package dev.pawl.cli;

import dev.pawl.server.RunView;
import dev.pawl.server.Runs;
import dev.pawl.server.Selection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The runs an order is for. */
final class Target {
    @Parameters(arity = "0..1", paramLabel = "R|AGENT", description = "A run id, its beginning, or an agent.")
    private @Nullable String name;

    @Option(names = "--all", description = "Every live run.")
    private boolean all;

    Selection select(Runs runs) throws IOException {
        if (all) {
            return name == null ? runs.selectLive() : new Selection.None("give a run, an agent or --all, not both");
        }
        return name == null ? new Selection.None("give a run, an agent or --all") : runs.select(name);
    }

    /** All at once: one run that hangs must not hold up the others. */
    static <T> List<T> each(List<RunView> runs, Function<RunView, T> order) throws IOException {
        List<Future<T>> answers = new ArrayList<>();
        try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
            for (RunView run : runs) {
                answers.add(together.submit(() -> order.apply(run)));
            }
        }
        List<T> all = new ArrayList<>();
        for (Future<T> answer : answers) {
            try {
                all.add(answer.get());
            } catch (ExecutionException e) {
                throw new IOException("an order failed: " + e.getCause(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
        return all;
    }
}
