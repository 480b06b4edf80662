package dev.pawl.cli.demo;

import dev.pawl.drill.rome.RomeNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The part of the demo outside its namespace: makes a scratch directory, starts the same command once more inside, and
 * sees to it that nothing stays, whatever ends it. The inside is a session of its own, so that Ctrl-C reaches only this
 * process; it ends in good order when its input ends, and dies with this process if it does not.
 */
final class Outside {
    private static final long PATIENCE_SECONDS = 5;
    private static final int DELETE_ATTEMPTS = 40;

    private final Path scratch;
    private final Process inside;

    private Outside(Path scratch, Process inside) {
        this.scratch = scratch;
        this.inside = inside;
    }

    /** Runs the command inside; its exit code. */
    static int run(Path root, boolean json, Instant started) throws IOException, InterruptedException {
        Path scratch = Files.createTempDirectory(
                        "pawl-demo-" + ProcessHandle.current().pid() + "-")
                .toRealPath();
        List<String> command = new ArrayList<>(List.of(
                root.resolve("pawl").toString(),
                "demo",
                "--inside",
                scratch.toString(),
                "--since",
                started.toString()));
        if (json) {
            command.add("--json");
        }
        List<String> line = new ArrayList<>(List.of("setsid"));
        line.addAll(RomeNamespace.command(scratch, command));
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("PAWL_NO_BUILD_CHECK", "1");
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            delete(scratch);
            throw e;
        }
        Outside outside = new Outside(scratch, process);
        Thread hook = new Thread(outside::end, "pawl-demo-end");
        Runtime.getRuntime().addShutdownHook(hook);
        int code = process.waitFor();
        outside.end();
        return code;
    }

    private synchronized void end() {
        try {
            inside.getOutputStream().close();
            if (!inside.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                inside.destroyForcibly().waitFor();
            }
        } catch (IOException | InterruptedException e) {
            inside.destroyForcibly();
        }
        delete(scratch);
    }

    /** Deletes everything; more than once, because processes that are being killed may still write. */
    private static void delete(Path directory) {
        for (int attempt = 0; attempt < DELETE_ATTEMPTS && Files.exists(directory); attempt++) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException | UncheckedIOException e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
        if (Files.exists(directory)) {
            System.err.println("pawl: " + directory + " could not be deleted");
        }
    }
}
