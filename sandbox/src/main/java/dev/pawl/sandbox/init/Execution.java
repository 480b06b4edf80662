package dev.pawl.sandbox.init;

import dev.pawl.sandbox.linux.Errno;
import dev.pawl.sandbox.linux.Kernel;
import dev.pawl.sandbox.linux.Sys;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An execve made ready before the filter is on: candidates along PATH, as execvp(3) tries them. */
final class Execution {
    private static final int NOT_FOUND = 127;
    private static final int NOT_RUNNABLE = 126;

    private record Candidate(MemorySegment path, MemorySegment shellArguments) {}

    /** Why nothing ran, and the status a shell would give. */
    record Failure(String message, int status) {}

    private final String program;
    private final List<Candidate> candidates;
    private final MemorySegment shell;
    private final MemorySegment arguments;
    private final MemorySegment environment;

    private Execution(
            String program,
            List<Candidate> candidates,
            MemorySegment shell,
            MemorySegment arguments,
            MemorySegment environment) {
        this.program = program;
        this.candidates = candidates;
        this.shell = shell;
        this.arguments = arguments;
        this.environment = environment;
    }

    static Execution prepare(Arena arena, Orders orders) {
        String program = orders.command().getFirst();
        List<Candidate> candidates = new ArrayList<>();
        for (String path : paths(program, orders.environment())) {
            List<String> viaShell = new ArrayList<>(List.of("sh", path));
            viaShell.addAll(orders.command().subList(1, orders.command().size()));
            candidates.add(new Candidate(Kernel.text(arena, path), Kernel.vector(arena, viaShell)));
        }
        return new Execution(
                program,
                candidates,
                Kernel.text(arena, "/bin/sh"),
                Kernel.vector(arena, orders.command()),
                Kernel.vector(arena, orders.environment()));
    }

    /** Does not return if a program could be started. */
    Failure run() {
        int errno = Errno.ENOENT;
        for (Candidate candidate : candidates) {
            int failed = (int) -execute(candidate.path, arguments);
            if (failed == Errno.ENOEXEC) {
                // A script without its first line: the shell runs it, as execvp(3) does.
                failed = (int) -execute(shell, candidate.shellArguments);
            }
            if (failed != Errno.ENOENT && failed != Errno.ENOTDIR) {
                errno = failed;
            }
        }
        return errno == Errno.ENOENT
                ? new Failure(program + ": command not found in the sandbox", NOT_FOUND)
                : new Failure(program + ": cannot be run: " + Errno.name(errno), NOT_RUNNABLE);
    }

    private long execute(MemorySegment path, MemorySegment vector) {
        return Kernel.call(Sys.EXECVE, path.address(), vector.address(), environment.address());
    }

    private static List<String> paths(String program, List<String> environment) {
        if (program.indexOf('/') >= 0) {
            return List.of(program);
        }
        String path = environment.stream()
                .filter(entry -> entry.startsWith("PATH="))
                .map(entry -> entry.substring(5))
                .findFirst()
                .orElse("/usr/local/bin:/usr/bin:/bin");
        List<String> paths = new ArrayList<>();
        for (String directory : path.split(":", -1)) {
            String candidate = directory.isEmpty() ? program : directory + "/" + program;
            // Each try under the filter is an event; what is not there need not be tried.
            if (Files.exists(Path.of(candidate))) {
                paths.add(candidate);
            }
        }
        return paths;
    }
}
