package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a server up a run is the same run: output, exit code, signals, summary, its end with whoever asked for it. */
final class UpIT {
    private static final int GONE_SECONDS = 5;

    @TempDir
    private Path base;

    private Launcher launcher = new Launcher(Path.of("."));
    private Path work = Path.of(".");
    private Path charter = Path.of(".");
    private final String mark = "served-" + UUID.randomUUID();

    UpIT() throws IOException {}

    @BeforeEach
    void up() throws IOException {
        launcher = new Launcher(base);
        work = launcher.workspace("served");
        charter = launcher.charter("served", work, "");
    }

    @AfterEach
    void close() {
        launcher.close();
    }

    @Test
    void outputExitCodeAndSummaryAreTheAgents() throws IOException {
        serve();
        for (int round = 0; round < 3; round++) {
            Ended ended = launcher.run(
                            charter,
                            work,
                            "bash",
                            "-c",
                            "echo out; echo err >&2; exec 3<>/dev/tcp/203.0.113.9/22; exit 7")
                    .ended();
            assertThat(ended.code()).as(ended.toString()).isEqualTo(7);
            assertThat(ended.out()).isEqualTo("out\n");
            assertThat(ended.err()).contains("err\n", "Permission denied", "203.0.113.9");
        }
        assertThat(launcher.controls("end")).hasSize(3);
        assertThat(supervisors()).as("one process held all three").hasSize(1);
    }

    @Test
    void aWorkspaceThatWasExchangedIsNotTheOneMadeAhead() throws IOException {
        serve();
        Files.writeString(work.resolve("which"), "old");
        assertThat(launcher.run(charter, work, "cat", "which").ended().out()).isEqualTo("old");
        Files.move(work, base.resolve("moved"));
        Files.createDirectory(work);
        Files.writeString(work.resolve("which"), "new");
        assertThat(launcher.run(charter, work, "cat", "which").ended().out()).isEqualTo("new");
    }

    @Test
    void aClientThatIsKilledEndsItsRun() throws IOException {
        serve();
        Started client = launcher.run(charter, work, "bash", "-c", "trap '' HUP TERM; echo up; sleep 300; : " + mark);
        client.says("up");
        client.process().destroyForcibly();
        Started.within(
                GONE_SECONDS,
                "nothing of the run is left",
                () -> Launcher.marked(mark).isEmpty());
        Started.within(
                GONE_SECONDS,
                "its end is recorded",
                () -> launcher.controls("end").size() == 1);
    }

    @Test
    void signalsReachTheAgent() throws IOException {
        serve();
        Started client = launcher.run(
                charter, work, "bash", "-c", "trap 'echo term; exit 9' TERM; echo up; while :; do sleep 0.05; done");
        client.says("up");
        // The client takes signals over on a thread of its own, shortly after the run began.
        Started.within(GONE_SECONDS, "the agent hears", () -> {
            signal(client);
            return client.out().contains("term");
        });
        assertThat(client.ended().code()).isEqualTo(9);
    }

    @Test
    void aServerThatIsKilledTakesItsRunsAlongAndTheNextRunNeedsNone() throws IOException {
        Started server = serve();
        Started client = launcher.run(charter, work, "bash", "-c", "echo up; sleep 300; : " + mark);
        client.says("up");
        server.process().destroyForcibly();
        Started.within(
                GONE_SECONDS,
                "nothing of the run is left",
                () -> Launcher.marked(mark).isEmpty());
        assertThat(client.ended().code()).isEqualTo(125);
        assertThat(launcher.run(charter, work, "echo", "alone").ended().out()).isEqualTo("alone\n");
    }

    private Started serve() throws IOException {
        return launcher.start(Launcher.NOTHING, base, List.of("up")).says("pawl: up");
    }

    private List<Integer> supervisors() throws IOException {
        List<Integer> pids = new ArrayList<>();
        for (Path file : launcher.runFiles()) {
            String facts = Files.readString(file);
            pids.add(Integer.valueOf(facts.replaceFirst("(?s).*\"supervisor_pid\":(\\d+).*", "$1")));
        }
        return pids.stream().distinct().toList();
    }

    private static void signal(Started client) {
        try {
            client.signal("TERM");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
