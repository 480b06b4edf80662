package dev.pawl.cli.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts Pawl as a person does, by its launcher, with a state of its own.
 *
 * @param root directory that holds {@code ./pawl}
 * @param home what PAWL_HOME is for it
 */
record Launcher(Path root, Path home) {
    /**
     * Starts a command; nothing to read, its outputs in two files.
     *
     * @param directory where it starts
     */
    Process start(Path directory, Path out, Path err, List<String> words) throws IOException {
        List<String> command = new ArrayList<>(List.of(root.resolve("pawl").toString()));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("PAWL_HOME", home.toString());
        builder.environment().put("PAWL_NO_BUILD_CHECK", "1");
        return builder.start();
    }
}
