package dev.pawl.policy.learn;

import java.nio.file.Path;
import java.util.List;

/**
 * What a person asked for, and what only whoever starts runs knows.
 *
 * @param wildcards {@code *.suffix} that are to stand for the names below them
 * @param anyArguments whether programs are to be granted with any arguments
 * @param shown real paths that the run was shown read-only
 */
public record Wishes(List<String> wildcards, boolean anyArguments, List<Path> shown) {
    public Wishes {
        wildcards = List.copyOf(wildcards);
        shown = List.copyOf(shown);
    }
}
