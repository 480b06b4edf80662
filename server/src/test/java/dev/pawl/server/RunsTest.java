package dev.pawl.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Body;
import dev.pawl.ledger.EventJson;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsTest {
    @TempDir
    Path directory;

    private Home home = new Home(Path.of("unset"));
    private final List<Process> children = new ArrayList<>();

    @BeforeEach
    void makeHome() throws IOException {
        home = Home.open(directory.resolve("home"));
    }

    @AfterEach
    void endChildren() {
        children.forEach(Process::destroyForcibly);
    }

    @Test
    void tellsTheStatesApart() throws IOException {
        RunDirectory live = create("r-aaaaaaaa", "one", RunDirectoryTest.held());
        create("r-bbbbbbbb", "two", RunDirectoryTest.held());
        create("r-cccccccc", "three", gone());
        RunDirectory ended = create("r-dddddddd", "four", gone());
        ended.recordEnded(1);
        Files.createDirectory(home.runs().resolve("r-eeeeeeee"));
        FakeRun run = new FakeRun();
        try (ControlServer _ = ControlServer.start(live.control(), run, NoQuestions.ever())) {
            assertThat(new Runs(home).all().stream().map(RunsTest::shown))
                    .containsExactly(
                            "r-aaaaaaaa running 4 live",
                            "r-bbbbbbbb silent 0 live",
                            "r-cccccccc lost 0",
                            "r-dddddddd ended 0");
        }
    }

    @Test
    void findsWhatAPersonMeant() throws IOException {
        create("r-aaaaaaaa", "fixer", RunDirectoryTest.held());
        create("r-aabbbbbb", "fixer", RunDirectoryTest.held());
        create("r-cccccccc", "fixer", gone());
        Runs runs = new Runs(home);
        assertThat(chosen(runs.select("r-cccccccc"))).containsExactly("r-cccccccc");
        assertThat(chosen(runs.select("fixer"))).containsExactly("r-aaaaaaaa", "r-aabbbbbb");
        assertThat(chosen(runs.select("r-aab"))).containsExactly("r-aabbbbbb");
        assertThat(chosen(runs.selectLive())).containsExactly("r-aaaaaaaa", "r-aabbbbbb");
        assertThat(runs.select("r-aa"))
                .isInstanceOfSatisfying(
                        Selection.None.class,
                        none -> assertThat(none.reason()).contains("2 run ids", "r-aaaaaaaa (fixer, silent)"));
        assertThat(runs.select("nobody"))
                .isInstanceOfSatisfying(
                        Selection.None.class,
                        none -> assertThat(none.reason()).contains("nobody", "r-cccccccc (fixer, lost)"));
    }

    @Test
    void stopsByAsking() throws IOException {
        RunDirectory directory = create("r-aaaaaaaa", "one", RunDirectoryTest.held());
        FakeRun run = new FakeRun();
        try (ControlServer _ = ControlServer.start(directory.control(), run, NoQuestions.ever())) {
            StopReport report = new Runs(home).stop(only());
            assertThat(report.how()).isEqualTo(StopReport.How.ASKED);
            assertThat(report.stopped().verifiedMillis()).isEqualTo(3.5);
            assertThat(run.orders).hasSize(1);
        }
    }

    /** The supervisor accepts connections and never answers; the sandbox is no child of it, and has a child of its own. */
    @Test
    void killsWhatDoesNotAnswer() throws IOException {
        RunFacts.Held supervisor = start("sleep 600");
        RunFacts.Held sandbox = start("trap '' TERM HUP INT; sleep 600 & wait; sleep 600");
        RunDirectory directory = create("r-aaaaaaaa", "one", supervisor);
        directory.write(directory.facts().withSandbox(sandbox));
        try (ServerSocketChannel mute = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            mute.bind(UnixDomainSocketAddress.of(directory.control()));
            RunView view = only();
            assertThat(view.state()).isEqualTo("silent");
            StopReport report = new Runs(home).stop(view);
            assertThat(report.how()).isEqualTo(StopReport.How.KILLED);
            assertThat(report.stopped().left()).isEmpty();
            assertThat(report.stopped().processes()).isGreaterThanOrEqualTo(2);
            assertThat(report.stopped().verifiedMillis())
                    .isGreaterThanOrEqualTo(report.stopped().killedMillis());
        }
        assertThat(supervisor.gone()).isTrue();
        assertThat(sandbox.gone()).isTrue();
        assertThat(shown(only())).isEqualTo("r-aaaaaaaa ended 0");
        assertThat(operations(directory)).containsExactly("stop", "end");
    }

    @Test
    void aSandboxThatOutlivesItsSupervisorIsKilled() throws IOException {
        RunFacts.Held sandbox = start("sleep 600");
        RunDirectory directory = create("r-aaaaaaaa", "one", gone());
        directory.write(directory.facts().withSandbox(sandbox));
        assertThat(shown(only())).isEqualTo("r-aaaaaaaa lost 0 live");
        assertThat(new Runs(home).stop(only()).stopped().left()).isEmpty();
        assertThat(sandbox.gone()).isTrue();
    }

    @Test
    void aProcessThatTookThePidOverIsLeftAlone() throws IOException {
        RunFacts.Held bystander = start("sleep 600");
        RunFacts.Held supervisor = start("sleep 600");
        RunDirectory directory = create("r-aaaaaaaa", "one", supervisor);
        directory.write(directory.facts().withSandbox(new RunFacts.Held(bystander.pid(), bystander.start() - 1)));
        assertThat(new Runs(home).stop(only()).how()).isEqualTo(StopReport.How.KILLED);
        assertThat(supervisor.gone()).isTrue();
        assertThat(bystander.gone()).isFalse();
    }

    @Test
    void aRunThatEndedIsStoppedAlready() throws IOException {
        create("r-aaaaaaaa", "one", gone());
        assertThat(new Runs(home).stop(only()).how()).isEqualTo(StopReport.How.ENDED);
    }

    private RunView only() throws IOException {
        List<RunView> all = new Runs(home).all();
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private RunDirectory create(String run, String agent, RunFacts.Held supervisor) throws IOException {
        return RunDirectory.create(home, RunDirectoryTest.facts(run, agent, supervisor), "");
    }

    private RunFacts.Held start(String shell) throws IOException {
        Process child = new ProcessBuilder("/bin/sh", "-c", shell).start();
        children.add(child);
        return RunFacts.Held.of((int) child.pid()).orElseThrow();
    }

    private static RunFacts.Held gone() {
        RunFacts.Held self = RunDirectoryTest.held();
        return new RunFacts.Held(self.pid(), self.start() - 1);
    }

    private static List<String> operations(RunDirectory directory) throws IOException {
        List<String> operations = new ArrayList<>();
        directory.read((_, line) -> {
            if (line instanceof EventJson.Decoded(var event) && event.body() instanceof Body.Control control) {
                operations.add(control.operation());
            }
        });
        return operations;
    }

    private static List<String> chosen(Selection selection) {
        assertThat(selection).isInstanceOf(Selection.Chosen.class);
        return ((Selection.Chosen) selection)
                .runs().stream().map(view -> view.facts().run()).toList();
    }

    private static String shown(RunView view) {
        return view.facts().run() + " " + view.state() + " " + view.processes() + (view.live() ? " live" : "");
    }
}
