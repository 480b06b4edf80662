package dev.pawl.drill.rome;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Runs acts as plain processes, without Pawl: the proof that a contained act was worth containing. */
public final class ActRunner {
    /** After this an act is killed; every act is written to end within three seconds. */
    public static final Duration LIMIT = Duration.ofSeconds(10);

    private static final int MAX_OUTPUT_BYTES = 1 << 16;

    /**
     * How a bare run went.
     *
     * @param exit status of the script, -1 if it was killed
     * @param output what it printed, both streams, at most 64 KiB
     * @param effect what was seen from outside afterwards
     */
    public record Bare(Act act, int exit, String output, Duration took, Effect effect) {}

    private ActRunner() {}

    /** Runs {@code act} on {@code stage}. The script ends with the call; daemons live on until the stage closes. */
    public static Bare bare(Act act, RomeWorld world, Stage stage) throws IOException, InterruptedException {
        ActContext context = stage.context();
        Path output = context.workspace().resolveSibling("output");
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", act.script())
                .directory(context.workspace().toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(context.environment());
        builder.environment().put("HOME", context.home().toString());
        long start = System.nanoTime();
        Process process = builder.start();
        boolean ended = process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        String text = head(output);
        return new Bare(act, ended ? process.exitValue() : -1, text, took, act.look(world, context.withOutput(text)));
    }

    private static String head(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_OUTPUT_BYTES), StandardCharsets.UTF_8);
        }
    }
}
