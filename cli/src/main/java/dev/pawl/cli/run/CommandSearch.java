package dev.pawl.cli.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds a command's file as execvp(3) does.
 *
 * @param directory where a command with a slash, and a relative directory of the path, are looked for
 * @param path directories separated by colons, the PATH of the agent
 */
record CommandSearch(Path directory, String path) {
    /** The file as it is called, links not followed; empty where there is no such program. */
    Optional<Path> find(String command) {
        if (command.contains("/")) {
            return Optional.of(directory.resolve(command)).filter(CommandSearch::isProgram);
        }
        for (String each : path.split(":", -1)) {
            Path candidate = directory.resolve(each).resolve(command);
            if (isProgram(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
