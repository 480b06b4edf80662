package dev.pawl.sandbox.programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * The only files that may run in a sandbox, and the directories whose other programs may not even be read there. Two
 * sets of the same grants on the same machine are equal.
 *
 * @param executable real paths: what was granted, the interpreters that granted scripts name, the dynamic loaders of
 *     both
 * @param hidden directories of programs; in them only {@code executable} can be read
 */
public record ProgramSet(List<Path> executable, List<Path> hidden) {
    /** How many interpreters may stand behind each other (search_binary_handler in exec.c). */
    private static final int MAX_INTERPRETERS = 5;

    public ProgramSet {
        executable = List.copyOf(executable);
        hidden = List.copyOf(hidden);
    }

    /**
     * What may run when these programs may.
     *
     * @param granted real paths
     * @param writable real paths an agent may write to: nothing there may be a program, since it could become another
     * @param java home of the JDK the init runs on, which is shown and not meant for the agent
     * @throws IOException if a program cannot be read or lies where the agent may write; the message says which
     */
    public static ProgramSet of(Collection<Path> granted, Collection<Path> writable, Path java) throws IOException {
        SequencedSet<Path> executable = new LinkedHashSet<>();
        for (Path program : granted) {
            add(executable, program, writable, 0);
        }
        return new ProgramSet(executable.stream().sorted().toList(), ProgramDirectories.of(java.resolve("bin")));
    }

    private static void add(SequencedSet<Path> executable, Path program, Collection<Path> writable, int depth)
            throws IOException {
        Path real = program.toRealPath();
        Optional<Path> within = writable.stream().filter(real::startsWith).findFirst();
        if (within.isPresent()) {
            throw new IOException(real + " is to run, and lies in " + within.get()
                    + ", where the agent could put another program in its place; move it elsewhere");
        }
        if (!executable.add(real) || depth == MAX_INTERPRETERS) {
            return;
        }
        Optional<String> next = switch (read(real)) {
            case ProgramFile.Elf(Optional<String> loader) -> loader;
            case ProgramFile.Script script -> Optional.of(script.interpreter());
            case ProgramFile.Other() -> Optional.empty();
        };
        // A relative interpreter is looked for where the caller stands; no such file may run.
        Optional<Path> path = next.map(Path::of).filter(Path::isAbsolute).filter(Files::exists);
        if (path.isPresent()) {
            add(executable, path.get(), writable, depth + 1);
        }
    }

    private static ProgramFile read(Path program) throws IOException {
        try {
            return ProgramFile.read(program);
        } catch (IOException e) {
            throw new IOException("the granted program " + program + " cannot be read: " + e, e);
        }
    }
}
