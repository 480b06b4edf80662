package dev.pawl.cli.run;

import dev.pawl.sandbox.programs.ProgramFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a program that lives outside the system directories visible, read-only: agents are mostly installed in a home.
 * Shown are the {@code bin} directory it was found in, the outermost {@code node_modules} it belongs to, or else the one
 * file; and the same for the interpreter its first line names. Where a charter names the programs that may run, no
 * {@code bin} directory is shown: only the file, and the link it was called by.
 *
 * <p>What an agent could have written in an earlier run decides nothing here: a program in the workspace brings nothing
 * along, and neither first lines nor links from there are followed.
 */
final class VisibleTools {
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
    private final CommandSearch search;
    private final boolean named;
    private final Set<Path> visible = new LinkedHashSet<>();
    private final Map<Path, Path> links = new LinkedHashMap<>();

    /**
     * What to show.
     *
     * @param read real paths
     * @param links paths that are to be links to real ones
     */
    record Shown(List<Path> read, Map<Path, Path> links) {
        Shown {
            read = List.copyOf(read);
            links = Map.copyOf(links);
        }
    }

    private VisibleTools(List<Path> writable, CommandSearch search, boolean named) {
        this.writable = writable;
        this.search = search;
        this.named = named;
    }

    /**
     * What to show for a command.
     *
     * @param writable real paths an agent may have written to
     * @param search how the agent would find it
     * @param named whether the charter names the programs that may run
     */
    static Shown of(String command, List<Path> writable, CommandSearch search, boolean named) {
        VisibleTools tools = new VisibleTools(writable, search, named);
        tools.add(command, 0);
        return new Shown(List.copyOf(tools.visible), tools.links);
    }

    private void add(String command, int depth) {
        try {
            Optional<Path> found = search.find(command);
            if (found.isEmpty() || depth == MAX_INTERPRETERS) {
                return;
            }
            Path called = found.get().toAbsolutePath().normalize();
            Path real = called.toRealPath();
            if (!trusted(called) || !trusted(real)) {
                return;
            }
            show(real);
            if (!visible.contains(placeOf(called))) {
                show(called, real);
            }
            Optional<String> interpreter = interpreter(real);
            if (interpreter.isPresent()) {
                add(interpreter.get(), depth + 1);
            }
        } catch (IOException e) {
            // It cannot be looked at; the agent will get the same answer.
            return;
        }
    }

    /** Not where an agent could have put it, by its own path or by that of a directory that is a link. */
    private boolean trusted(Path file) throws IOException {
        Path parent = file.getParent();
        Path real = parent == null ? file : parent.toRealPath();
        return writable.stream().noneMatch(each -> file.startsWith(each) || real.startsWith(each));
    }

    private void show(Path file) {
        if (isElsewhere(file)) {
            visible.add(placeOf(file));
        }
    }

    private void show(Path called, Path real) {
        if (!named) {
            show(called);
        } else if (isElsewhere(called)) {
            links.put(called, real);
        }
    }

    private static boolean isElsewhere(Path file) {
        return !isSystem(file) && NEVER.stream().noneMatch(file::startsWith);
    }

    /** Whether every sandbox shows it anyway. */
    static boolean isSystem(Path file) {
        return SYSTEM.stream().anyMatch(file::startsWith);
    }

    private Path placeOf(Path file) {
        for (int count = 1; count < file.getNameCount(); count++) {
            if (file.getName(count - 1).toString().equals("node_modules")) {
                return file.getRoot().resolve(file.subpath(0, count));
            }
        }
        Path parent = file.getParent();
        if (named || parent == null || parent.getNameCount() < 2) {
            return file;
        }
        String name = parent.getName(parent.getNameCount() - 1).toString();
        return PROGRAM_DIRECTORIES.contains(name) ? parent : file;
    }

    /** {@code node} for {@code #!/usr/bin/env node}, a path for {@code #!/path}. */
    private static Optional<String> interpreter(Path file) throws IOException {
        return switch (ProgramFile.read(file)) {
            case ProgramFile.Script script -> script.throughEnv().or(() -> Optional.of(script.interpreter()));
            case ProgramFile.Elf elf -> Optional.empty();
            case ProgramFile.Other other -> Optional.empty();
        };
    }
}
