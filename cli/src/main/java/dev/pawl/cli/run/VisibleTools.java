package dev.pawl.cli.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a program that lives outside the system directories visible, read-only: agents are mostly installed in a home.
 * That is the directory it was found in, the package it belongs to, and the same for the interpreter its first line
 * names. Nothing above a {@code bin} or {@code node_modules} directory, so no settings and no credentials.
 */
final class VisibleTools {
    private static final int FIRST_LINE = 256;

    private VisibleTools() {}

    /** Directories to show for a command, none for one of the system. */
    static List<Path> of(String command, Path directory, String path) {
        Set<Path> visible = new LinkedHashSet<>();
        add(visible, command, directory, path, 0);
        return List.copyOf(visible);
    }

    private static void add(Set<Path> visible, String command, Path directory, String path, int depth) {
        Optional<Path> found = find(command, directory, path);
        if (found.isEmpty() || depth > 2) {
            return;
        }
        try {
            Path named = found.get().toAbsolutePath().normalize();
            Path real = named.toRealPath();
            for (Path each : List.of(named, real)) {
                if (!each.startsWith("/usr") && !each.startsWith("/bin") && !each.startsWith(directory)) {
                    visible.add(packageOf(each));
                }
            }
            interpreter(real).ifPresent(name -> add(visible, name, directory, path, depth + 1));
        } catch (IOException e) {
            // It cannot be looked at; the agent will get the same answer.
            return;
        }
    }

    private static Optional<Path> find(String command, Path directory, String path) {
        if (command.contains("/")) {
            return Optional.of(directory.resolve(command)).filter(Files::isExecutable);
        }
        for (String each : path.split(":", -1)) {
            Path candidate = directory.resolve(each).resolve(command);
            if (Files.isExecutable(candidate) && !Files.isDirectory(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** The outermost node_modules a file lies in, else its own directory. */
    private static Path packageOf(Path file) {
        for (int count = 1; count < file.getNameCount(); count++) {
            if (file.getName(count - 1).toString().equals("node_modules")) {
                return file.getRoot().resolve(file.subpath(0, count));
            }
        }
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }

    /** {@code node} for {@code #!/usr/bin/env node}, a path for {@code #!/path}. */
    private static Optional<String> interpreter(Path script) throws IOException {
        byte[] start;
        try (var in = Files.newInputStream(script)) {
            start = in.readNBytes(FIRST_LINE);
        }
        String line = new String(start, StandardCharsets.ISO_8859_1)
                .lines()
                .findFirst()
                .orElse("");
        if (!line.startsWith("#!")) {
            return Optional.empty();
        }
        List<String> words = List.of(line.substring(2).strip().split("\\s+"));
        if (words.getFirst().endsWith("/env")) {
            return words.stream().skip(1).filter(word -> !word.startsWith("-")).findFirst();
        }
        return Optional.of(words.getFirst());
    }
}
