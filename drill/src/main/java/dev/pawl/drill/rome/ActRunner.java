package dev.pawl.drill.rome;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs acts as plain processes, without Pawl: the proof that a contained act was worth containing. The same with a
 * command in front runs them held.
 */
public final class ActRunner {
    /** After this an act is killed; every act is written to end within three seconds. */
    public static final Duration LIMIT = Duration.ofSeconds(10);

    private static final int MAX_OUTPUT_BYTES = 1 << 16;

    /**
     * How a run of one act went.
     *
     * @param exit status of the script, -1 if it was killed
     * @param output what it printed, both streams, at most 64 KiB
     * @param effect what was seen from outside afterwards
     */
    public record Ran(Act act, int exit, String output, Duration took, Effect effect) {}

    private ActRunner() {}

    /**
     * Runs {@code act} on {@code stage}, with the throw-away home as HOME. The script ends with the call; what it left
     * running lives on until the stage closes.
     */
    public static Ran bare(Act act, RomeWorld world, Stage stage) throws IOException, InterruptedException {
        return run(act, world, stage, List.of());
    }

    /**
     * The same with {@code wrapper} in front of {@code bash -c SCRIPT}, for example a sandbox and its options. The
     * wrapper gets the environment of {@link #bare} and starts in the workspace.
     */
    public static Ran run(Act act, RomeWorld world, Stage stage, List<String> wrapper)
            throws IOException, InterruptedException {
        ActContext context = stage.context();
        Path output = context.workspace().resolveSibling("output");
        ProcessBuilder builder = new ProcessBuilder(
                        Stream.concat(wrapper.stream(), Stream.of("bash", "-c", act.script()))
                                .toList())
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
        return new Ran(act, ended ? process.exitValue() : -1, text, took, act.look(world, context.withOutput(text)));
    }

    private static String head(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_OUTPUT_BYTES), StandardCharsets.UTF_8);
        }
    }
}
