package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Body;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a watched run begins and ends, where its charter goes, and that no other run is open. */
final class LearnIT {
    private static final int OWN_FAILURE = 125;

    @TempDir
    private Path base;

    private Launcher launcher = new Launcher(Path.of("."));
    private Path work = Path.of(".");

    LearnIT() throws IOException {}

    @BeforeEach
    void open() throws IOException {
        launcher = new Launcher(base);
        work = launcher.workspace("learned");
    }

    @AfterEach
    void close() {
        launcher.close();
    }

    @Test
    void theOutputIsTheAgentsAndTheCharterIsWritten() throws IOException {
        Path out = launcher.base().resolve("new.yaml");
        Ended ended = learn(out, "sh", "-c", "echo out; echo err >&2; exit 9");
        assertThat(ended.code()).as(ended.toString()).isEqualTo(9);
        assertThat(ended.out()).isEqualTo("out\n");
        assertThat(ended.err())
                .contains("LEARNING: learned-work runs OPEN")
                .contains("\nerr\n")
                .contains("pawl: learned 1 grant from r-");
        assertThat(out).content().contains("owner:").contains("agent: learned-work");
        assertThat(launcher.pawl("charter", "check", out.toString()).code()).isZero();
        // Without --out it is where no agent can write.
        Ended kept = launcher.start(Launcher.NOTHING, work, List.of("learn", "-q", "true"))
                .ended();
        assertThat(kept.err()).contains(launcher.home() + "/runs/r-").contains("LEARNING");
    }

    @Test
    void whatIsThereIsNotReplacedUnlessAPersonSaysSo() throws IOException {
        Path out = Files.writeString(launcher.base().resolve("mine.yaml"), "mine\n");
        Ended refused = learn(out, "touch", "ran");
        assertThat(refused.code()).isEqualTo(OWN_FAILURE);
        assertThat(refused.err()).contains("mine.yaml is there already; --force replaces it");
        assertThat(out).hasContent("mine\n");
        assertThat(work.resolve("ran")).as("nothing ran for it").doesNotExist();
        Ended forced = launcher.start(
                        Launcher.NOTHING, work, List.of("learn", "--force", "-o", out.toString(), "--", "true"))
                .ended();
        assertThat(forced.code()).as(forced.toString()).isZero();
        assertThat(out).content().contains("owner:");
    }

    @Test
    void whatTheAgentPutsInTheWayIsNotFollowedAndNothingIsLost() throws IOException {
        Path victim = Files.writeString(launcher.base().resolve("victim"), "precious\n");
        Path out = work.resolve("out.yaml");
        Ended linked = learn(out, "ln", "-s", victim.toString(), out.toString());
        assertThat(linked.code()).isZero();
        assertThat(victim).hasContent("precious\n");
        assertThat(linked.err()).contains("NOT WRITTEN: ").contains(launcher.home() + "/runs/r-");
        Path below = Files.createDirectory(work.resolve("below"));
        Path elsewhere = Files.createDirectory(launcher.base().resolve("elsewhere"));
        Ended moved = learn(below.resolve("out.yaml"), "sh", "-c", "mv below away; ln -s " + elsewhere + " below");
        assertThat(moved.err()).as(moved.toString()).contains("NOT WRITTEN: ").contains("leads elsewhere by now");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void aRunThatIsCutShortStillTeachesAndSaysSo() throws IOException {
        Path out = launcher.base().resolve("cut.yaml");
        Started started = launcher.start(
                Launcher.NOTHING, work, List.of("learn", "-o", out.toString(), "--", "sh", "-c", "echo up; sleep 100"));
        started.says("up");
        assertThat(launcher.pawl("stop", "--all").code()).isZero();
        Ended ended = started.ended();
        assertThat(ended.err())
                .as(ended.toString())
                .contains("pawl: INCOMPLETE: r-")
                .contains("stop by");
        assertThat(out).content().contains("# INCOMPLETE: r-").contains("program: /usr/bin/sleep");
        Path budget = launcher.charter("brief", work, "budget: {wall: 1s}\n");
        Ended over = launcher.start(
                        Launcher.NOTHING, work, List.of("learn", "-c", budget.toString(), "--", "sleep", "100"))
                .ended();
        assertThat(over.err()).as("budgets hold").contains("INCOMPLETE").contains("stop by budget");
    }

    @Test
    void wordsOfTheAgentAreNotReadAsFilesOrOptions() throws IOException {
        Files.writeString(work.resolve("words"), "--force");
        Ended ended = launcher.start(Launcher.NOTHING, work, List.of("learn", "echo", "@words", "--json", "-c", "x"))
                .ended();
        assertThat(ended.out()).isEqualTo("@words --json -c x\n");
    }

    @Test
    void noOtherRunIsOpen() throws IOException {
        Files.writeString(work.resolve(".pawl-learn"), "learn: true\n");
        List<List<String>> ways = new ArrayList<>();
        ways.add(List.of("PAWL_LEARN=1", "PAWL_OPEN=1", "LEARN=1"));
        ways.add(List.of());
        for (List<String> environment : ways) {
            List<String> command = new ArrayList<>(List.of("/usr/bin/env"));
            command.addAll(environment);
            command.addAll(List.of(AttackTargets.launcher().toString(), "run", "--", "getent", "hosts", "a.example"));
            Ended ended = launcher.program(Launcher.NOTHING, work, command).ended();
            assertThat(ended.code()).as(ended.toString()).isEqualTo(2);
            assertThat(ended.err()).doesNotContain("LEARNING");
        }
        Ended option = launcher.start(Launcher.NOTHING, work, List.of("run", "--learn", "--", "true"))
                .ended();
        assertThat(option.code()).isEqualTo(OWN_FAILURE);
        Path key = launcher.charter("keyed", work, "learn: true\n");
        assertThat(launcher.run(key, work, "true").ended().err()).contains("unknown key \"learn\"");
        Path planted = Files.copy(launcher.charter("planted", work, ""), work.resolve("pawl.yaml"));
        Files.createDirectories(work.resolve("policies"));
        Files.writeString(
                work.resolve("policies/learning.cedar"),
                Files.readString(
                        AttackTargets.root().resolve("policy/src/main/resources/dev/pawl/policy/learning.cedar")));
        assertThat(launcher.run(planted, work, "true").ended().err())
                .contains("this permits, and the agent may write here");
        assertThat(launcher.controls("learn")).isEmpty();
    }

    @Test
    void aServerIsNotAskedToHoldAnOpenRun() throws IOException {
        launcher.start(Launcher.NOTHING, base, List.of("up")).says("pawl: up");
        Ended ended = launcher.start(Launcher.NOTHING, work, List.of("learn", "--", "true"))
                .ended();
        assertThat(ended.code()).as(ended.toString()).isZero();
        assertThat(launcher.events())
                .anyMatch(event -> event.body() instanceof Body.Control control
                        && control.operation().equals("learn"));
        Ended plain = launcher.start(Launcher.NOTHING, work, List.of("run", "--", "getent", "hosts", "a.example"))
                .ended();
        assertThat(plain.code()).isEqualTo(2);
    }

    @Test
    void recordsTeachTheSameAndOneAgentAtATime() throws IOException {
        Path out = launcher.base().resolve("new.yaml");
        learn(out, "sh", "-c", "cat /dev/null; id -u");
        Ended from = launcher.start(Launcher.NOTHING, work, List.of("learn", "--from", "learned-work"))
                .ended();
        assertThat(from.code()).as(from.toString()).isZero();
        assertThat(from.out()).isEqualTo(Files.readString(out));
        Path other = launcher.charter("other", work, "commands: [{program: cat}, {program: id}]\n");
        assertThat(launcher.run(other, work, "cat", "/dev/null").ended().code()).isZero();
        Ended mixed = launcher.pawl("learn", "--from", "learned-work", "other");
        assertThat(mixed.code()).isEqualTo(1);
        assertThat(mixed.err()).contains("runs of learned-work, other; a charter is for one agent");
        Ended unused = launcher.pawl("learn", "--from", "other", "--charter", other.toString());
        assertThat(unused.err())
                .contains("commands[1] of " + other + ", line 5: ")
                .contains("(never in these runs)")
                .contains("these runs begin only ");
        assertThat(other).content().as("nothing is taken out of it").contains("{program: id}");
        Ended json = launcher.pawl("learn", "--from", "other", "--json", "--unused", "1d");
        assertThat(json.lines())
                .anyMatch(line -> line.startsWith("{\"kind\":\"grant\",\"rule\":\"commands[0]\""))
                .anyMatch(line -> line.startsWith("{\"kind\":\"unused\",\"rule\":\"commands[1]\""));
        assertThat(launcher.pawl("learn", "--from", "nobody").code()).isEqualTo(1);
    }

    @Test
    void aRunWithATerminalIsWatchedLikeAnyOther() throws IOException {
        Ended ended = launcher.program(
                        Launcher.NOTHING,
                        work,
                        List.of(
                                Launcher.PYTHON,
                                "-c",
                                "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))",
                                AttackTargets.launcher().toString(),
                                "learn",
                                "--",
                                "sh",
                                "-c",
                                "tty; exit 4"))
                .ended();
        assertThat(ended.code()).as(ended.toString()).isEqualTo(4);
        assertThat(ended.out()).containsSubsequence("LEARNING", "/dev/pts/", "pawl: learned 2 grants");
    }

    @Test
    void thePolicyOfAnOpenRunCanBeRead() throws IOException {
        Ended shown = launcher.start(Launcher.NOTHING, work, List.of("learn", "--show"))
                .ended();
        assertThat(shown.out())
                .contains("@id(\"learning.hosts\")")
                .contains("Boundary no-covert-channels")
                .contains("@id(\"private-address\")");
    }

    private Ended learn(Path out, String... command) throws IOException {
        List<String> words = new ArrayList<>(List.of("learn", "--out", out.toString(), "--"));
        words.addAll(List.of(command));
        return launcher.start(Launcher.NOTHING, work, words).ended();
    }
}
