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
 * Shown are the {@code bin} directory it was found in, the outermost {@code node_modules} it belongs to, or else the one
 * file; and the same for the interpreter its first line names.
 *
 * <p>What an agent could have written in an earlier run decides nothing here: a program in the workspace brings nothing
 * along, and neither first lines nor links from there are followed.
 */
final class VisibleTools {
    private static final int FIRST_LINE = 256;
    private static final int MAX_INTERPRETERS = 3;
    private static final Set<String> PROGRAM_DIRECTORIES = Set.of("bin", "sbin", ".bin");
    private static final List<Path> NEVER = List.of(
            Path.of("/etc"),
            Path.of("/var"),
            Path.of("/boot"),
            Path.of("/dev"),
            Path.of("/proc"),
            Path.of("/sys"),
            Path.of("/run"));
    private static final List<Path> SYSTEM =
            List.of(Path.of("/usr"), Path.of("/bin"), Path.of("/sbin"), Path.of("/lib"), Path.of("/lib64"));

    private final List<Path> writable;
    private final Path directory;
    private final String path;
    private final Set<Path> visible = new LinkedHashSet<>();

    private VisibleTools(List<Path> writable, Path directory, String path) {
        this.writable = writable;
        this.directory = directory;
        this.path = path;
    }

    /**
     * What to show for a command.
     *
     * @param writable real paths an agent may have written to
     * @param directory where a relative command is looked for
     */
    static List<Path> of(String command, List<Path> writable, Path directory, String path) {
        VisibleTools tools = new VisibleTools(writable, directory, path);
        tools.add(command, 0);
        return List.copyOf(tools.visible);
    }

    private void add(String command, int depth) {
        try {
            Optional<Path> found = find(command);
            if (found.isEmpty() || depth == MAX_INTERPRETERS) {
                return;
            }
            Path named = found.get().toAbsolutePath().normalize();
            Path real = named.toRealPath();
            if (!trusted(named) || !trusted(real)) {
                return;
            }
            show(named);
            show(real);
            Optional<String> interpreter = interpreter(real);
            if (interpreter.isPresent()) {
                add(interpreter.get(), depth + 1);
            }
        } catch (IOException e) {
            // It cannot be looked at; the agent will get the same answer.
            return;
        }
    }

    private Optional<Path> find(String command) {
        if (command.contains("/")) {
            return Optional.of(directory.resolve(command)).filter(VisibleTools::isProgram);
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

    /** Not where an agent could have put it, by its own path or by that of a directory that is a link. */
    private boolean trusted(Path file) throws IOException {
        Path parent = file.getParent();
        Path real = parent == null ? file : parent.toRealPath();
        return writable.stream().noneMatch(each -> file.startsWith(each) || real.startsWith(each));
    }

    private void show(Path file) {
        if (SYSTEM.stream().noneMatch(file::startsWith) && NEVER.stream().noneMatch(file::startsWith)) {
            visible.add(placeOf(file));
        }
    }

    private static Path placeOf(Path file) {
        for (int count = 1; count < file.getNameCount(); count++) {
            if (file.getName(count - 1).toString().equals("node_modules")) {
                return file.getRoot().resolve(file.subpath(0, count));
            }
        }
        Path parent = file.getParent();
        if (parent == null || parent.getNameCount() < 2) {
            return file;
        }
        String name = parent.getName(parent.getNameCount() - 1).toString();
        return PROGRAM_DIRECTORIES.contains(name) ? parent : file;
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
