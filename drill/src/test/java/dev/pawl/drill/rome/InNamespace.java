package dev.pawl.drill.rome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a main class of the test class path in the rehearsal's namespace. */
public final class InNamespace {
    private static final long LIMIT_SECONDS = 240;

    /** Exit status, standard output and standard error. */
    public record Ended(int exit, String out, String err) {}

    private InNamespace() {}

    public static Ended java(Path scratch, Class<?> main, Map<String, String> environment, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        return run(scratch, environment, command);
    }

    public static Ended run(Path scratch, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path out = scratch.resolve("out");
        Path err = scratch.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(RomeNamespace.command(scratch, command))
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        return new Ended(ended ? process.exitValue() : -1, Files.readString(out), Files.readString(err));
    }
}
