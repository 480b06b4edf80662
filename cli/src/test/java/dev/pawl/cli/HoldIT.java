package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A held program behaves as if Pawl were not there: exit codes, signals, streams; and many at once are strangers. */
final class HoldIT {
    private static final int NEIGHBOURS = 20;
    private static final int OWN_FAILURE = 125;

    @TempDir
    private Path base;

    private Launcher launcher = new Launcher(Path.of("."));
    private Path work = Path.of(".");
    private Path charter = Path.of(".");

    HoldIT() throws IOException {}

    @BeforeEach
    void open() throws IOException {
        launcher = new Launcher(base);
        work = launcher.workspace("held");
        charter = launcher.charter("held", work, "");
    }

    @AfterEach
    void close() {
        launcher.close();
    }

    @Test
    void twentyAtOnceAreStrangers() throws IOException {
        List<Path> workspaces = new ArrayList<>();
        List<Started> runs = new ArrayList<>();
        for (int number = 0; number < NEIGHBOURS; number++) {
            Path workspace = launcher.workspace("n" + number, "neighbour.py");
            workspaces.add(workspace);
            Path own = launcher.charter("n" + number, workspace, """
                    network:
                      allow: [{host: n%1$d.example}]
                      route: [{host: n%1$d.example, to: '127.0.0.1:9'}]
                    """.formatted(number));
            runs.add(launcher.run(
                    own,
                    workspace,
                    Launcher.PYTHON,
                    "neighbour.py",
                    String.valueOf(number),
                    launcher.base().toString()));
        }
        runs.forEach(run -> run.says("ready"));
        // A run that does not get a processor for a second shows as silent.
        Started.until("all are running", () -> running() == NEIGHBOURS);
        for (Path workspace : workspaces) {
            Files.writeString(workspace.resolve("go"), "");
        }
        for (Started run : runs) {
            Ended ended = run.ended();
            assertThat(ended.out()).as(ended.toString()).isEqualTo("ready\nalone\n");
            assertThat(ended.code()).isZero();
        }
    }

    private long running() {
        try {
            return launcher.pawl("ps", "--json").lines().stream()
                    .filter(line -> line.contains("running"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void exitCodesComeThrough() throws IOException {
        Map<String, Integer> codes = Map.ofEntries(
                Map.entry("exit 0", 0),
                Map.entry("exit 1", 1),
                Map.entry("exit 125", 125),
                Map.entry("exit 128", 128),
                Map.entry("exit 255", 255),
                Map.entry("kill -KILL $$", 137),
                Map.entry("kill -SEGV $$", 139),
                Map.entry("kill -TERM $$", 143),
                Map.entry("sh -c 'kill -KILL $$'; exit $?", 137));
        List<Started> runs = new ArrayList<>();
        for (String command : codes.keySet()) {
            runs.add(launcher.run(charter, work, "/bin/sh", "-c", command));
        }
        int next = 0;
        for (Map.Entry<String, Integer> each : codes.entrySet()) {
            assertThat(runs.get(next++).ended().code()).as(each.getKey()).isEqualTo(each.getValue());
        }
    }

    @Test
    void whatCannotRunSaysSo() throws IOException {
        Ended absent = launcher.run(charter, work, "no-such-program").ended();
        assertThat(absent.code()).as(absent.toString()).isEqualTo(127);
        assertThat(absent.err()).contains("no-such-program");
        Files.writeString(work.resolve("plain.txt"), "text");
        Ended plain = launcher.run(charter, work, "./plain.txt").ended();
        assertThat(plain.code()).as(plain.toString()).isEqualTo(126);
        assertThat(plain.err()).contains("plain.txt");
    }

    @Test
    void pawlsOwnFailureHasItsOwnCode() throws IOException {
        Ended noFile = launcher.run(base.resolve("absent.yaml"), work, "true").ended();
        assertThat(noFile.code()).isEqualTo(OWN_FAILURE);
        assertThat(noFile.err()).contains("absent.yaml");
        Path broken = Files.writeString(base.resolve("broken.yaml"), "agent: x\nownr: {name: A}\n");
        Ended unknownKey = launcher.run(broken, work, "true").ended();
        assertThat(unknownKey.code()).isEqualTo(OWN_FAILURE);
        assertThat(unknownKey.err()).contains("broken.yaml:2:1").contains("owner");
        Ended nothing = launcher.pawl("run");
        assertThat(nothing.code()).isEqualTo(OWN_FAILURE);
        assertThat(launcher.pawl("run", "--charta", "x", "--", "true").err()).contains("--charter");
    }

    @Test
    void signalsReachTheAgent() throws IOException {
        Started run = launcher.run(charter, work, "/bin/bash", "-c", """
                trap 'echo got TERM; exit 7' TERM
                trap 'echo got HUP' HUP
                trap 'echo got INT' INT
                for turn in $(seq 1000); do echo turn $turn; sleep 0.1; done
                """);
        // Pawl takes its signals a moment after the start; until then one would end it, and the agent with it.
        run.says("turn 15");
        run.signal("HUP");
        run.says("got HUP");
        run.signal("INT");
        run.says("got INT");
        run.signal("TERM");
        run.says("got TERM");
        assertThat(run.ended().code()).isEqualTo(7);
    }

    @Test
    void theTerminalOfAPersonWorks() throws IOException {
        Files.writeString(work.resolve("rc"), "PS1='held> '\nPROMPT_COMMAND=\nbind 'set enable-bracketed-paste off'\n");
        Ended ended = launcher.program(
                        Launcher.NOTHING,
                        work,
                        List.of(
                                Launcher.PYTHON,
                                Launcher.script("terminal.py").toString(),
                                AttackTargets.launcher().toString(),
                                "run",
                                "--charter",
                                charter.toString(),
                                "--",
                                "/bin/bash",
                                "--noprofile",
                                "--rcfile",
                                "rc",
                                "-i"))
                .ended();
        assertThat(ended.out()).as(ended.toString()).doesNotContain("NOT ");
        assertThat(ended.lines()).hasSize(9);
        assertThat(ended.code()).isZero();
    }
}
