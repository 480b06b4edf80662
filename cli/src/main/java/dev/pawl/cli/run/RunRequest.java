package dev.pawl.cli.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody asked to run, wherever the request came from.
 *
 * @param charter the charter file, or empty for the built-in one
 * @param quiet no summary at the end
 * @param command program and arguments of the agent
 * @param directory where it was asked for
 * @param environment of whoever asked
 */
public record RunRequest(
        Optional<Path> charter, boolean quiet, List<String> command, Path directory, Map<String, String> environment) {
    public RunRequest {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /**
     * Reads {@code [--charter FILE] [--quiet] [--] COMMAND [ARGUMENT…]}. By hand: this is on the way to every start, and
     * what follows the command belongs to the agent.
     *
     * @throws IllegalArgumentException with what to write instead
     */
    public static RunRequest parse(List<String> words, Path directory, Map<String, String> environment) {
        Optional<Path> charter = Optional.empty();
        boolean quiet = false;
        int at = 0;
        while (at < words.size()
                && words.get(at).startsWith("-")
                && !words.get(at).equals("--")) {
            String word = words.get(at++);
            if (word.equals("--quiet") || word.equals("-q")) {
                quiet = true;
            } else if (word.startsWith("--charter=")) {
                charter = Optional.of(directory.resolve(word.substring("--charter=".length())));
            } else if (word.equals("--charter") || word.equals("-c")) {
                if (at == words.size()) {
                    throw new IllegalArgumentException("--charter needs a file");
                }
                charter = Optional.of(directory.resolve(words.get(at++)));
            } else {
                throw new IllegalArgumentException(
                        "unknown option " + word + "; allowed: --charter FILE, --quiet; the agent's own come after --");
            }
        }
        if (at < words.size() && words.get(at).equals("--")) {
            at++;
        }
        if (at == words.size()) {
            throw new IllegalArgumentException("what should run? pawl run [--charter FILE] -- COMMAND [ARGUMENT…]");
        }
        return new RunRequest(charter, quiet, words.subList(at, words.size()), directory, environment);
    }
}
