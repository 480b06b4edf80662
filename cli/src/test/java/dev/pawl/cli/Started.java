package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A program that was started, and the files its output goes to. */
record Started(Process process, Path outFile, Path errFile) {
    /** Generous, because several test runs may share two processors. */
    static final long DEADLINE_SECONDS = 60;

    /** Waits for the end. */
    Ended ended() throws IOException {
        try {
            assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS))
                    .as("ends within %d s; so far: %s%s", DEADLINE_SECONDS, out(), err())
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return new Ended(process.exitValue(), out(), err());
    }

    String out() {
        return text(outFile);
    }

    String err() {
        return text(errFile);
    }

    long pid() {
        return process.pid();
    }

    /** Waits until the output holds {@code text}. */
    Started says(String text) {
        until("output holds " + text, () -> {
            assertThat(process.isAlive() || out().contains(text))
                    .as("ended without saying %s: %s%s", text, out(), err())
                    .isTrue();
            return out().contains(text);
        });
        return this;
    }

    /** Sends a signal, by the number of kill(1). */
    void signal(String name) throws IOException {
        send(name, List.of(process.pid()));
    }

    static void send(String name, List<? extends Number> pids) throws IOException {
        List<String> command = new java.util.ArrayList<>(List.of("kill", "-" + name));
        pids.forEach(pid -> command.add(pid.toString()));
        try {
            new ProcessBuilder(command).start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Waits for a condition, at most {@value #DEADLINE_SECONDS} seconds. */
    static void until(String what, BooleanSupplier condition) {
        within(DEADLINE_SECONDS, what, condition);
    }

    static void within(long seconds, String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("within %d s: %s", seconds, what).isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
