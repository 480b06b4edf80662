package dev.pawl.drill.agent;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Installs one npm package into a cache directory.
 *
 * <p>npm works in a directory of its own name, which is renamed when npm succeeded: a directory with the final name is
 * always complete, and of two installers at once one wins and the other uses what it finds.
 */
final class Installer {
    private static final int MAX_REASON = 200;

    private final String npm;
    private final Path cache;
    private final Duration limit;

    /** {@code npm} is the program to run: a path, or a name looked up on PATH. */
    Installer(String npm, Path cache, Duration limit) {
        this.npm = npm;
        this.cache = cache;
        this.limit = limit;
    }

    /** Installs {@code specification} as {@code directory}, and checks that {@code program} is then there. */
    Installation install(String specification, String directory, String program) {
        try {
            Files.createDirectories(cache);
            Path home = cache.toRealPath().resolve(directory);
            if (present(home, program)) {
                return new Installation.Ready(home);
            }
            Path work = Files.createTempDirectory(cache.toRealPath(), ".installing-");
            try {
                String failure = run(work, specification);
                if (!failure.isEmpty()) {
                    return new Installation.LeftOut(failure);
                }
                if (!present(work, program)) {
                    return new Installation.LeftOut("npm installed " + specification + " without " + program);
                }
                place(work, home);
            } finally {
                delete(work);
            }
            return present(home, program)
                    ? new Installation.Ready(home)
                    : new Installation.LeftOut(home + " is there, but not " + program);
        } catch (IOException e) {
            return new Installation.LeftOut(specification + ": " + e);
        }
    }

    private static boolean present(Path home, String program) {
        return Files.isExecutable(home.resolve("node_modules/.bin").resolve(program));
    }

    /** Runs npm and returns why it failed, or an empty text. */
    private String run(Path work, String specification) throws IOException {
        Path log = work.resolve("npm.log");
        Process process;
        try {
            process = new ProcessBuilder(
                            npm,
                            "install",
                            "--prefix",
                            work.toString(),
                            "--no-audit",
                            "--no-fund",
                            "--fetch-retries=1",
                            specification)
                    .directory(work.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            return "npm cannot be started";
        }
        boolean ended;
        try {
            ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ended = false;
        }
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            return "npm install " + specification + " took longer than " + limit.toSeconds() + " s";
        }
        return process.exitValue() == 0 ? "" : "npm install " + specification + " failed: " + firstError(log);
    }

    private static String firstError(Path log) throws IOException {
        List<String> errors = Files.readAllLines(log).stream()
                .filter(line -> line.startsWith("npm error"))
                .limit(2)
                .toList();
        String text = String.join("; ", errors);
        return text.isEmpty() ? "no message" : text.substring(0, Math.min(text.length(), MAX_REASON));
    }

    private static void place(Path work, Path home) throws IOException {
        try {
            Files.move(work, home);
        } catch (IOException e) {
            if (!Files.isDirectory(home)) {
                throw e;
            }
        }
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
