package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Body;
import dev.pawl.core.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent that is told to stop cannot prevent it, and one whose Pawl is killed is mute at once and gone soon. */
final class StopIT {
    private static final int CHILDREN = 500;
    private static final int GONE_SECONDS = 5;

    @TempDir
    private Path base;

    private Launcher launcher = new Launcher(Path.of("."));
    private Path work = Path.of(".");
    private final String mark = "unstoppable-" + UUID.randomUUID();

    StopIT() throws IOException {}

    @BeforeEach
    void open() throws IOException {
        launcher = new Launcher(base);
        work = launcher.workspace("held", "unstoppable.py", "mute.py");
    }

    @AfterEach
    void close() {
        launcher.close();
        Launcher.marked(mark).forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    @Test
    void byRunItEndsWithFiveHundredChildren() throws IOException {
        Started run = unstoppable("stubborn");
        String id = launcher.events().getFirst().run();
        Ended stopped = launcher.pawl("stop", "--json", id);
        assertThat(stopped.code()).as(stopped.toString()).isZero();
        assertThat(stopped.out())
                .contains("\"how\":\"asked\"")
                .contains("\"flows_ms\"", "\"killed_ms\"", "\"verified_ms\"")
                .contains("\"left\":[]");
        // The supervisor, whose command names the agent's too, may still be signing the record.
        int supervisor = (int) run.process().pid();
        assertThat(Launcher.marked(mark)).isSubsetOf(supervisor);
        assertThat(run.ended().code()).isEqualTo(137);
        assertThat(launcher.controls("stop")).hasSize(1);
        assertThat(launcher.controls("stop").getFirst().detail())
                .contains("flows closed after", "gone after", "none left");
        assertThat(launcher.controls("end")).hasSize(1);
        assertThat(launcher.pawl("ps").out()).contains("no live runs");
        assertThat(launcher.pawl("stop", id).out()).contains("had ended already");
    }

    @Test
    void byAgentOnlyItsRunsEnd() throws IOException {
        Started one = waiting("one");
        Started two = waiting("two");
        Ended stopped = launcher.pawl("stop", "one");
        assertThat(stopped.code()).as(stopped.toString()).isZero();
        assertThat(stopped.out()).contains("(one) stopped: flows closed after", "verified after");
        assertThat(one.ended().code()).isEqualTo(137);
        assertThat(two.process().isAlive()).isTrue();
        Ended all = launcher.pawl("stop", "--all");
        assertThat(all.code()).as(all.toString()).isZero();
        assertThat(all.out()).contains("(two)").doesNotContain("(one)");
        assertThat(two.ended().code()).isEqualTo(137);
        Ended none = launcher.pawl("stop", "--all");
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err()).contains("no run is live");
    }

    @Test
    void aFrozenRunCanBeStopped() throws IOException {
        Started run = unstoppable("frozen");
        assertThat(launcher.pawl("freeze", "frozen").code()).isZero();
        assertThat(launcher.pawl("ps").out()).contains("frozen");
        Ended stopped = launcher.pawl("stop", "frozen");
        assertThat(stopped.code()).as(stopped.toString()).isZero();
        assertThat(stopped.out()).contains("stopped:");
        assertThat(Launcher.marked(mark)).isSubsetOf((int) run.process().pid());
        assertThat(run.ended().code()).isEqualTo(137);
    }

    @Test
    void aStoppedSupervisorIsKilledWithItsRun() throws IOException {
        Started run = unstoppable("silent");
        run.signal("STOP");
        Ended stopped = launcher.pawl("stop", "silent");
        assertThat(stopped.code()).as(stopped.toString()).isZero();
        assertThat(stopped.out()).contains("did not answer and was killed");
        Started.within(
                GONE_SECONDS, "nothing is left", () -> Launcher.marked(mark).isEmpty());
        assertThat(launcher.controls("stop")).hasSize(1);
    }

    @Test
    void withoutItsSupervisorAnAgentIsMuteAndGone() throws IOException {
        try (Upstream upstream = Upstream.echo()) {
            Path charter = launcher.charter("orphan", work, upstream.grant("allowed.example", 8080));
            Started run = launcher.run(charter, work, Launcher.PYTHON, "mute.py", mark);
            Started.until("it talks", () -> talks() > 20);
            List<Event> before = launcher.events();
            int sandbox = launcher.pawl("ps", "--json").lines().size();
            assertThat(sandbox).isEqualTo(1);
            run.signal("KILL");
            long connections = upstream.connections();
            Started.within(
                    GONE_SECONDS, "nothing is left", () -> Launcher.marked(mark).isEmpty());
            // At most what was under way when the signal came.
            assertThat(upstream.connections()).isLessThanOrEqualTo(connections + 1);
            assertThat(run.ended().code()).isEqualTo(137);
            assertThat(launcher.events()).containsAll(before);
            assertThat(acknowledged()).as("every answered connect is recorded").allMatch(this::recorded);
            assertThat(launcher.pawl("ps", "--all").out()).contains("lost");
            assertThat(launcher.pawl("ps").out()).contains("no live runs");
            assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain(work.toString());
        }
    }

    @Test
    void aTerminalThatClosesEndsTheRun() throws IOException {
        Path charter = launcher.charter("hangup", work, "");
        String inside = "\"$PAWL\" run --charter " + charter + " -- sh -c 'echo ready >up; exec sleep 300' " + mark;
        // script(1) owns the terminal; when it is killed, the kernel sends SIGHUP to what runs there.
        Started terminal =
                launcher.program(Launcher.NOTHING, work, List.of("/usr/bin/script", "-qec", inside, "/dev/null"));
        Started.until("the agent runs", () -> Files.exists(work.resolve("up")));
        terminal.signal("KILL");
        Started.within(
                GONE_SECONDS,
                "nothing is left",
                () -> Launcher.marked(charter.toString()).isEmpty());
        assertThat(launcher.pawl("ps").out()).contains("no live runs");
    }

    private Started unstoppable(String agent) throws IOException {
        Path charter = launcher.charter(agent, work, "");
        Started run = launcher.run(charter, work, Launcher.PYTHON, "unstoppable.py", String.valueOf(CHILDREN), mark);
        run.says("up " + CHILDREN);
        assertThat(Launcher.marked(mark)).hasSizeGreaterThan(CHILDREN);
        return run;
    }

    private Started waiting(String agent) throws IOException {
        Path own = launcher.workspace(agent);
        return launcher.run(launcher.charter(agent, own, ""), own, "sh", "-c", "echo ready; exec sleep 300")
                .says("ready");
    }

    private int talks() {
        return acknowledged().size();
    }

    /** Source ports the agent noted after its connect had been answered. */
    private List<String> acknowledged() {
        try {
            Path notes = work.resolve("talked");
            return Files.exists(notes) ? Files.readAllLines(notes) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The agent puts a number into its working directory name; the record holds it as cwd. */
    private boolean recorded(String number) {
        return launcher.events().stream()
                .filter(event -> event.body() instanceof Body.Connect)
                .anyMatch(event -> event.body() instanceof Body.Connect connect
                        && connect.port() == 8080
                        && event.process() != null
                        && event.process().cwd().endsWith("/" + number));
    }
}
