package dev.pawl.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the files behind the names of programs. Nothing an agent or its caller sets, such as PATH, has a say in it. */
final class Programs {
    static final String ALLOWED = "a program's name such as git, or its absolute path, is allowed";

    private static final List<Path> DIRECTORIES = List.of(
            Path.of("/usr/local/sbin"),
            Path.of("/usr/local/bin"),
            Path.of("/usr/sbin"),
            Path.of("/usr/bin"),
            Path.of("/sbin"),
            Path.of("/bin"));

    private Programs() {}

    /**
     * The one file that a name or an absolute path stands for, links followed; empty if there is none.
     *
     * @throws IllegalArgumentException saying why the text is neither
     */
    static Optional<Path> one(String text) {
        return candidates(text).stream()
                .map(Programs::real)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /**
     * Every file that a name may stand for, so that a prohibition misses none: the real ones, and the place where the
     * program would be where it is not installed.
     *
     * @throws IllegalArgumentException saying why the text is neither a name nor an absolute path
     */
    static List<Path> all(String text) {
        List<Path> candidates = candidates(text);
        List<Path> found = candidates.stream()
                .map(Programs::real)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        if (!found.isEmpty()) {
            return found;
        }
        Path usual = candidates.size() == 1 ? candidates.getFirst() : Path.of("/usr/bin", text);
        return List.of(Paths.realAsFarAsItExists(usual));
    }

    /** Where names are looked for. */
    static String places() {
        return DIRECTORIES.stream().map(Path::toString).collect(Collectors.joining(":"));
    }

    private static List<Path> candidates(String text) {
        Path path;
        try {
            path = Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("is not a path on this machine", e);
        }
        if (path.isAbsolute() && path.getNameCount() > 0) {
            return List.of(path);
        }
        if (path.isAbsolute() || text.contains("/") || text.equals(".") || text.equals("..")) {
            throw new IllegalArgumentException("is neither a name nor an absolute path; " + ALLOWED);
        }
        return DIRECTORIES.stream().map(directory -> directory.resolve(path)).toList();
    }

    private static Optional<Path> real(Path path) {
        // Most names are in none but one of the directories, and a look is cheaper than an exception.
        if (!Files.isExecutable(path) || !Files.isRegularFile(path)) {
            return Optional.empty();
        }
        try {
            return Optional.of(path.toRealPath());
        } catch (IOException e) {
            // Gone since, or not for this user to see: then it cannot be started either.
            return Optional.empty();
        }
    }
}
