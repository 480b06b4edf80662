package dev.pawl.cli.mcp;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What somebody asked to put behind a charter.
 *
 * @param charter the charter file, or empty for the built-in one, which grants no tool
 * @param name what the charter calls the server; empty where it names only one
 * @param quiet no summary at the end
 * @param command program and arguments of the server
 */
record McpRequest(Optional<Path> charter, Optional<String> name, boolean quiet, List<String> command) {
    static final String USAGE = "pawl mcp [--charter FILE] [--name NAME] [--quiet] -- SERVER [ARGUMENT…]";

    McpRequest {
        command = List.copyOf(command);
    }

    /**
     * Reads the words after {@code mcp}; what follows {@code --} is the server's.
     *
     * @throws IllegalArgumentException with what to write instead
     */
    static McpRequest parse(List<String> words, Path directory) {
        Optional<Path> charter = Optional.empty();
        Optional<String> name = Optional.empty();
        boolean quiet = false;
        int at = 0;
        while (at < words.size() && !words.get(at).equals("--")) {
            String word = words.get(at++);
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            String option = equals < 0 ? word : word.substring(0, equals);
            switch (option) {
                case "--quiet", "-q" -> quiet = true;
                case "--charter", "-c", "--name" -> {
                    if (equals < 0 && at == words.size()) {
                        throw new IllegalArgumentException(option + " needs a value");
                    }
                    String value = equals < 0 ? words.get(at++) : word.substring(equals + 1);
                    if (option.equals("--name")) {
                        name = Optional.of(value);
                    } else {
                        charter = Optional.of(directory.resolve(value));
                    }
                }
                default -> throw new IllegalArgumentException("unknown option " + word + "; " + USAGE);
            }
        }
        if (at >= words.size() - 1) {
            throw new IllegalArgumentException("which server? " + USAGE);
        }
        return new McpRequest(charter, name, quiet, words.subList(at + 1, words.size()));
    }
}
