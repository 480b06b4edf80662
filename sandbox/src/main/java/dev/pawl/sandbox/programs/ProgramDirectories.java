package dev.pawl.sandbox.programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Where this machine keeps programs. What packages keep beside their libraries (git-core, gcc) is not among it. */
final class ProgramDirectories {
    private static final List<Path> SYSTEM = Stream.of(
                    "/bin",
                    "/sbin",
                    "/usr/bin",
                    "/usr/sbin",
                    "/usr/games",
                    "/usr/libexec",
                    "/usr/local/bin",
                    "/usr/local/sbin",
                    "/usr/local/games",
                    "/usr/local/libexec")
            .map(Path::of)
            .toList();

    /** Directories whose children are packages that may have a bin directory each. */
    private static final List<Path> PACKAGES = Stream.of(
                    "/usr/lib", "/usr/local", "/usr/lib/jvm", "/usr/lib/postgresql")
            .map(Path::of)
            .toList();

    private static final List<String> NAMES = List.of("bin", "sbin", "libexec");

    private ProgramDirectories() {}

    /** Real paths of those that exist, and another one. */
    static List<Path> of(Path another) throws IOException {
        TreeSet<Path> found = new TreeSet<>();
        List<Path> candidates = new ArrayList<>(SYSTEM);
        candidates.add(another);
        for (Path parent : PACKAGES) {
            for (Path child : directories(parent)) {
                NAMES.forEach(name -> candidates.add(child.resolve(name)));
            }
        }
        for (Path candidate : candidates) {
            if (Files.isDirectory(candidate)) {
                found.add(candidate.toRealPath());
            }
        }
        return List.copyOf(found);
    }

    private static List<Path> directories(Path parent) throws IOException {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(child -> Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }
}
