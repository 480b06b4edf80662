package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process whose own timer sends it SIGCONT wakes from SIGSTOP, so a freeze by that signal alone does not hold it. It
 * counts into a file of the workspace; while it is frozen the count must stand.
 */
final class FreezeAttackIT {
    private static final long DEADLINE_SECONDS = 30;

    @TempDir
    private Path base;

    private Path workspace = Path.of(".");
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void workspace() throws IOException {
        workspace = Files.createDirectory(base.toRealPath().resolve("workspace"));
        Path scripts = Files.createDirectory(workspace.resolve("attacks"));
        try (var files = Files.list(AttackTargets.root().resolve("cli/src/test/resources/attacks"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, scripts.resolve(file.getFileName()));
            }
        }
        Files.writeString(workspace.resolve("context.json"), """
                {"place": "sandbox", "workspace": "%s", "count_seconds": 60}
                """.formatted(workspace));
        Files.writeString(base.resolve("pawl.yaml"), """
                agent: counter
                owner:
                  name: test
                purpose: count
                workspace: %s
                """.formatted(workspace));
    }

    @AfterEach
    void end() throws IOException, InterruptedException {
        Files.writeString(workspace.resolve("counter-stop"), "");
        for (Process process : started) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void outsideItOutlivesStopSignals() throws IOException, InterruptedException {
        Process counter = start(counting());
        reaches(10);
        List<ProcessHandle> all = new ArrayList<>(counter.descendants().toList());
        all.add(counter.toHandle());
        for (ProcessHandle process : all) {
            start(List.of("kill", "-STOP", String.valueOf(process.pid()))).waitFor();
        }
        long stopped = count();
        assertThat(reaches(stopped + 10)).isGreaterThan(stopped);
    }

    @Test
    void insideItStandsStillWhileFrozen() throws IOException, InterruptedException {
        String pawl = AttackTargets.launcher().toString();
        assumeThat(AttackTargets.launcher()).as("the launcher ./pawl").isExecutable();
        assumeThat(Launcher.isRoot())
                .as("a cgroup to freeze in: without one a timer's SIGCONT wins some moments (LIMITATIONS.md, Freeze)")
                .isTrue();
        List<String> run = new ArrayList<>(
                List.of(pawl, "run", "--charter", base.resolve("pawl.yaml").toString(), "--"));
        run.addAll(counting());
        start(run);
        reaches(10);
        assertThat(start(List.of(pawl, "freeze", "counter")).waitFor()).isZero();
        long frozen = count();
        assertThat(new CountDownLatch(1).await(1500, TimeUnit.MILLISECONDS)).isFalse();
        // One turn may have been under way.
        assertThat(count()).isLessThanOrEqualTo(frozen + 1);
        assertThat(start(List.of(pawl, "resume", "counter")).waitFor()).isZero();
        assertThat(reaches(frozen + 10)).isGreaterThan(frozen);
        assertThat(start(List.of(pawl, "stop", "counter")).waitFor()).isZero();
    }

    private List<String> counting() {
        return List.of(
                "/usr/bin/python3",
                workspace.resolve("attacks/attacks.py").toString(),
                "--context",
                workspace.resolve("context.json").toString(),
                "--only",
                "freeze-beater");
    }

    private Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(workspace.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("PAWL_HOME", base.resolve("home").toString());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private long count() throws IOException {
        Path counter = workspace.resolve("counter");
        return Files.exists(counter) ? Long.parseLong(Files.readString(counter)) : 0;
    }

    /** Waits until the count is at least {@code wanted} and returns it. */
    private long reaches(long wanted) throws IOException, InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        CountDownLatch never = new CountDownLatch(1);
        while (count() < wanted) {
            assertThat(System.nanoTime()).as("the count reaches " + wanted).isLessThan(until);
            if (never.await(20, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("nobody counts this down");
            }
        }
        return count();
    }
}
