package dev.pawl.policy;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the real paths a charter names and refuses those that would hand the agent its own keeper. For one reading. */
final class Paths {
    private static final int MAX_LINKS = 40;
    private static final Path ROOT = Path.of("/");

    /** No workspace; what lies below may be one, but for {@link #KERNEL} and /etc. */
    private static final Set<String> SYSTEM = Set.of(
            "bin", "boot", "dev", "etc", "home", "lib", "lib32", "lib64", "libx32", "media", "mnt", "opt", "proc",
            "root", "run", "sbin", "srv", "sys", "tmp", "usr", "var");

    /** The kernel's own file systems; the sandbox makes its own. */
    private static final List<Path> KERNEL = List.of(Path.of("/proc"), Path.of("/sys"), Path.of("/dev"));

    private final Path home;
    private final Path state;
    private final Map<Path, Path> reals = new HashMap<>();

    Paths(Surroundings surroundings) {
        this.home = realAsFarAsItExists(surroundings.home());
        this.state = realAsFarAsItExists(surroundings.pawlHome());
    }

    /**
     * Where a path leads.
     *
     * @param links real directories of the symbolic links passed on the way
     */
    record Found(Path real, List<Path> links) {
        /** Whether a link inside {@code root}, where an agent may have put it, leads out of {@code root}. */
        boolean ledOutOf(Path root) {
            return !real.startsWith(root) && links.stream().anyMatch(link -> link.startsWith(root));
        }
    }

    /**
     * The path a charter's text means: {@code ~} is home, relative ones start at {@code base}.
     *
     * @throws IllegalArgumentException saying why the text is no path
     */
    Path named(String text, Path base) {
        if (text.equals("~") || text.startsWith("~/")) {
            return home.resolve(text.length() < 3 ? "" : text.substring(2).replaceFirst("^/+", ""));
        }
        if (text.startsWith("~")) {
            throw new IllegalArgumentException("names another user's home; only ~ and ~/... stand for a home");
        }
        try {
            return base.resolve(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("is not a path on this machine", e);
        }
    }

    /**
     * The place an absolute path, or one below {@code ~}, means; it need not exist.
     *
     * @throws IllegalArgumentException saying why the text is neither
     */
    Path fixed(String text) {
        return real(absolute(text).normalize());
    }

    /**
     * Every place a boundary's path stands for: where it leads, and where it lies if it is a link, because who may write
     * around a link may put something else in its stead.
     *
     * @throws IllegalArgumentException as {@link #fixed}
     */
    List<Path> places(String text) {
        Path path = absolute(text).normalize();
        Path parent = path.getParent();
        Path lies = parent == null ? path : real(parent).resolve(path.getFileName());
        return Stream.of(lies, real(path)).distinct().toList();
    }

    /** As {@link #realAsFarAsItExists}, remembered, and without an exception for each directory that does not exist. */
    private Path real(Path path) {
        Path known = reals.get(path);
        if (known != null) {
            return known;
        }
        Path parent = path.getParent();
        Path real = parent == null || Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                ? realAsFarAsItExists(path)
                : real(parent).resolve(path.getFileName());
        reals.put(path, real);
        return real;
    }

    /**
     * The absolute path, or one below {@code ~}, that this text is.
     *
     * @throws IllegalArgumentException saying why the text is neither
     */
    Path absolute(String text) {
        Path path = named(text, Path.of(""));
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException("is a relative path; an absolute one, or one below ~, is allowed");
        }
        return path;
    }

    /** Follows an absolute path link by link, so that every link on the way is seen. */
    static Found find(Path path) throws IOException {
        Deque<Path> rest = new ArrayDeque<>();
        push(rest, path);
        List<Path> links = new ArrayList<>();
        Path at = ROOT;
        while (!rest.isEmpty()) {
            String name = rest.pop().toString();
            if (name.equals("..")) {
                Path parent = at.getParent();
                at = parent == null ? ROOT : parent;
                continue;
            }
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            Path next = at.resolve(name);
            if (!Files.isSymbolicLink(next)) {
                // Fails for a path below a file and for a directory this user may not look into.
                Files.readAttributes(next, "fileKey", LinkOption.NOFOLLOW_LINKS);
                at = next;
                continue;
            }
            if (links.size() == MAX_LINKS) {
                throw new FileSystemLoopException(path.toString());
            }
            links.add(at);
            Path target = Files.readSymbolicLink(next);
            at = target.isAbsolute() ? ROOT : at;
            push(rest, target);
        }
        return new Found(at, List.copyOf(links));
    }

    /** Why this real path may not be the workspace. */
    Optional<String> workspaceRefusal(Path real) {
        if (!Files.isDirectory(real)) {
            return Optional.of("is not a directory");
        }
        if (real.equals(ROOT)) {
            return Optional.of("is the root of the file system");
        }
        if (home.startsWith(real)) {
            return Optional.of(real.equals(home) ? "is your home directory" : "contains your home directory");
        }
        boolean system =
                real.getNameCount() == 1 && SYSTEM.contains(real.getName(0).toString());
        if (system || real.startsWith("/etc") || real.startsWith("/boot") || inKernel(real)) {
            return Optional.of("is a directory of the system");
        }
        return stateRefusal(real);
    }

    /** Why this real path may not be granted beside the workspace. */
    Optional<String> grantRefusal(Path real, boolean write) {
        if (!Files.isDirectory(real) && !Files.isRegularFile(real)) {
            return Optional.of("is neither a directory nor a regular file");
        }
        if (real.equals(ROOT)) {
            return Optional.of("is the root of the file system");
        }
        if (inKernel(real)) {
            return Optional.of("belongs to the kernel; the sandbox has its own");
        }
        if (write && home.startsWith(real)) {
            return Optional.of(
                    "holds your home directory; what is written there runs as you, so grant a directory below it");
        }
        return stateRefusal(real);
    }

    private Optional<String> stateRefusal(Path real) {
        if (real.startsWith(state)) {
            return Optional.of("lies within Pawl's own state (" + state + ")");
        }
        return state.startsWith(real) ? Optional.of("contains Pawl's own state (" + state + ")") : Optional.empty();
    }

    private static boolean inKernel(Path real) {
        return KERNEL.stream().anyMatch(real::startsWith);
    }

    private static void push(Deque<Path> rest, Path path) {
        for (int i = path.getNameCount() - 1; i >= 0; i--) {
            rest.push(path.getName(i));
        }
    }

    /** The real path of the part that exists, with the rest appended: state need not have been made yet. */
    static Path realAsFarAsItExists(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        Path at = absolute;
        while (at != null) {
            try {
                return at.toRealPath().resolve(at.relativize(absolute)).normalize();
            } catch (IOException e) {
                // Not there yet, or not for this user to see: the parent tells where it would be.
                at = at.getParent();
            }
        }
        return absolute;
    }
}
