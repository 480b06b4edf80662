package dev.pawl.sandbox;

import dev.pawl.sandbox.Processes.ExecRequest;
import dev.pawl.sandbox.linux.Errno;
import dev.pawl.sandbox.linux.Fd;
import dev.pawl.sandbox.linux.FileStatus;
import dev.pawl.sandbox.linux.KernelException;
import dev.pawl.sandbox.programs.ProgramSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells which file a program would run from. A file that may run by the charter is told by itself and not by its name: it
 * has the same real path whether it was called by a hard link, a descriptor or /proc/self/exe. Thread-safe.
 *
 * <p>The kernel looks the path up again when the call goes on, and the agent may have changed it by then. What cannot run
 * then is up to Landlock; what is told here is what was asked.
 */
final class ProgramFinder {
    private static final int O_PATH = 0x200000;
    private static final int MAX_LINKS = 8;
    private static final Pattern SEPARATOR = Pattern.compile("(/\\.?)+/");
    /** A link of /proc that leads to a file by itself, and what follows it. */
    private static final Pattern MAGIC = Pattern.compile(
            "/proc/(self|thread-self|\\d{1,9})(?:/task/\\d{1,9})?" + "/(exe|root|cwd|fd/\\d{1,9})(/.*)?");

    private final Root root;
    private final Supplier<List<Integer>> processes;
    private final Map<FileStatus.Identity, String> known;

    private ProgramFinder(Root root, Supplier<List<Integer>> processes, Map<FileStatus.Identity, String> known) {
        this.root = root;
        this.processes = processes;
        this.known = Map.copyOf(known);
    }

    /**
     * Looks into one sandbox.
     *
     * @param processes ids of the run's processes, as seen from outside
     * @param programs the only ones that may run, if they are named
     */
    static ProgramFinder of(Root root, Supplier<List<Integer>> processes, Optional<ProgramSet> programs)
            throws IOException {
        Map<FileStatus.Identity, String> known = new HashMap<>();
        for (Path program : programs.map(ProgramSet::executable).orElse(List.of())) {
            try (Fd file = root.resolve(0, program.toString())) {
                known.put(FileStatus.of(file).identity(), program.toString());
            }
        }
        return new ProgramFinder(root, processes, known);
    }

    /** Real path inside the sandbox: empty text where it cannot be told, nothing where there certainly is no such file. */
    Optional<String> file(ExecRequest request) {
        try (Fd file = open(request)) {
            return Optional.of(name(file));
        } catch (KernelException e) {
            return e.errno() == Errno.ENOENT ? Optional.empty() : Optional.of("");
        }
    }

    /** The file that would run, as O_PATH. */
    Fd open(ExecRequest request) throws KernelException {
        return request.descriptor().isPresent()
                ? Fd.open(
                        "/proc/" + request.tid() + "/fd/" + request.descriptor().getAsInt(), O_PATH)
                : open(request.tid(), request.program().exe(), MAX_LINKS);
    }

    /** Real path of an open file, as {@link #file} tells it. */
    String name(Fd file) throws KernelException {
        String path = ProcFs.link("/proc/self/fd/" + file.number());
        if (known.isEmpty()) {
            return path;
        }
        String program = known.get(FileStatus.of(file).identity());
        boolean granted = known.containsValue(path);
        if (program == null) {
            // Another file at a granted path: put there since the start, on the machine itself.
            return granted ? path + " (replaced)" : path;
        }
        // Two granted paths may be one file.
        return granted ? path : program;
    }

    private Fd open(int tid, String path, int links) throws KernelException {
        Matcher magic = MAGIC.matcher(plain(path));
        if (magic.matches() && links > 0) {
            String link = "/proc/" + outside(magic.group(1), tid) + "/" + magic.group(2);
            return magic.group(3) == null
                    ? Fd.open(link, O_PATH)
                    : open(tid, ProcFs.link(link) + magic.group(3), links - 1);
        }
        try {
            return root.resolve(tid, path);
        } catch (KernelException e) {
            // A link into /proc is one that leads nowhere from here.
            Optional<String> target = links == 0 ? Optional.empty() : target(tid, path);
            if (target.isEmpty()) {
                throw e;
            }
            return open(tid, target.get(), links - 1);
        }
    }

    /** One spelling for what /proc is asked; paths with {@code ..} are left to the kernel, which then finds nothing. */
    private static String plain(String path) {
        if (!path.contains("/proc") && !path.contains("/dev")) {
            return "";
        }
        String single = SEPARATOR.matcher(path).replaceAll("/");
        String descriptor = single.startsWith("/dev/fd/") ? "/proc/self/fd/" + single.substring(8) : single;
        return descriptor.contains("/../") ? "" : descriptor;
    }

    /** Where a symbolic link points to, if the path names one whose target is absolute. */
    private Optional<String> target(int tid, String path) {
        try (Fd link = root.resolveLink(tid, path)) {
            String text = ProcFs.link(link);
            return text.startsWith("/") ? Optional.of(text) : Optional.empty();
        } catch (KernelException e) {
            return Optional.empty();
        }
    }

    /** The outer number of a process that a thread of the agent calls by the inner one, or itself; 0 if there is none. */
    private int outside(String name, int tid) {
        return name.startsWith("self") || name.startsWith("thread")
                ? tid
                : processes.get().stream()
                        .filter(pid -> ProcFs.inner(pid) == Integer.parseInt(name))
                        .findFirst()
                        .orElse(0);
    }
}
