package dev.pawl.drill.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How to start an agent once.
 *
 * @param command argument vector; the program is an absolute path
 * @param environment variables the agent needs beside PATH and HOME
 * @param homeFiles files to write into the agent's home before: path relative to the home, text. The agents also work
 *     without them; what they switch off is talk with their makers
 * @param readable absolute directories the agent must be able to read, beside the system's own
 */
public record Launch(
        List<String> command, Map<String, String> environment, Map<Path, String> homeFiles, List<Path> readable) {
    public Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        homeFiles = Map.copyOf(homeFiles);
        readable = List.copyOf(readable);
    }

    /** Writes {@link #homeFiles} below {@code home}. */
    public void furnish(Path home) throws IOException {
        for (Map.Entry<Path, String> file : homeFiles.entrySet()) {
            Path target = home.resolve(file.getKey());
            Files.createDirectories(target.resolveSibling("."));
            Files.writeString(target, file.getValue());
        }
    }
}
