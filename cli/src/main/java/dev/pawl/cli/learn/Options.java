package dev.pawl.cli.learn;

import dev.pawl.policy.learn.Wishes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What both ways to learn have in common. */
final class Options {
    @Option(
            names = {"-c", "--charter"},
            paramLabel = "FILE",
            description = "What the run has beside what is open: files, environment, limits, boundaries, routes.")
    private @Nullable Path charter;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Where the learned charter goes.")
    private @Nullable Path out;

    @Option(names = "--force", description = "Replace FILE if it is there.")
    private boolean force;

    @Option(
            names = "--wildcard",
            paramLabel = "*.NAME",
            description = "Let this pattern stand for the names below it; may be repeated.")
    private List<String> wildcards = new ArrayList<>();

    @Option(names = "--any-arguments", description = "Grant programs with any arguments.")
    private boolean anyArguments;

    @Nullable
    Path charter() {
        return charter;
    }

    @Nullable
    Path out() {
        return out;
    }

    boolean force() {
        return force;
    }

    /** With these paths shown to the run. */
    Wishes wishes(List<Path> shown) {
        return new Wishes(wildcards, anyArguments, shown);
    }

    List<String> wildcards() {
        return wildcards;
    }
}
