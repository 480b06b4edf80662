package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person is asked on the terminal on which her agent draws: she answers, and the agent's screen is as it was. */
final class InPlaceIT {
    private static final String ASKS = "wait <ASKING>|wait for pawl approve|";
    private static final String LS = "/usr/bin/ls";

    @TempDir
    private Path base;

    private Launcher launcher = new Launcher(Path.of("."));
    private Path work = Path.of(".");
    private Path charter = Path.of(".");

    InPlaceIT() throws IOException {}

    @BeforeEach
    void open() throws IOException {
        launcher = new Launcher(base);
        work = launcher.workspace("asked", "drawing.py", "person.py");
        charter = launcher.charter("asked", work, """
                commands:
                  - program: python3
                  - {program: ls, ask: "lists everything"}
                asks: {wait: 60s}
                """);
    }

    @AfterEach
    void close() {
        launcher.close();
    }

    @Test
    void anAnswerTypedThereCountsAndTheAgentsOutputIsWhole() throws IOException {
        String early = "id|type yes @\\n|pause 1.5|";
        String answer = "type yeah\\n|wait Not understood|type yes @\\n|wait approved, once|type \\n|until outcome|";
        Ended ended = person(
                        ASKS + early + answer + "pause 0.7|note quit|wait <END>|end|same written", "alternate " + LS)
                .ended();
        assertThat(ended.out()).as(ended.toString()).isEqualTo("ok 0\n");
        assertThat(work.resolve("outcome")).hasContent("started 0");
        assertThat(work.resolve("got")).as("what the agent read").hasContent("");
        assertThat(Files.readAllLines(work.resolve("sizes"))).containsExactly("40 100", "39 100", "40 100");
        assertThat(launcher.controls("approve"))
                .singleElement()
                .satisfies(given -> assertThat(given.actor()).isEqualTo(System.getProperty("user.name")));
    }

    @Test
    void itGoesAwayWhenSomebodyElseAnswers() throws IOException {
        Started person =
                person(ASKS + "note asked|wait \\x1b[?1049l|until outcome|note quit|end|same written", "main " + LS);
        Started.until("asked", () -> Files.exists(work.resolve("asked")));
        assertThat(launcher.pawl("refuse", question()).code()).isZero();
        Ended ended = person.ended();
        assertThat(ended.out()).as(ended.toString()).isEqualTo("ok 0\n");
        assertThat(work.resolve("outcome")).hasContent("refused 13");
    }

    @Test
    void laterLeavesItOpen() throws IOException {
        String later = "pause 1.5|type \\e|wait \\x1b[?1049l|note left|until outcome|type x|until got|";
        Started person = person(ASKS + later + "pause 0.3|note quit|end|same written", "main " + LS);
        Started.until("left", () -> Files.exists(work.resolve("left")));
        assertThat(launcher.pawl("approve", question()).code()).isZero();
        Ended ended = person.ended();
        assertThat(ended.out()).as(ended.toString()).isEqualTo("ok 0\n");
        assertThat(work.resolve("outcome")).hasContent("started 0");
        assertThat(work.resolve("got"))
                .as("what is typed after it is the agent's")
                .hasContent("x");
    }

    /** The agent is told of the hangup as on any terminal; one that stays can still be answered. */
    @Test
    void aHeldAttemptSurvivesTheTerminalItIsAskedOn() throws IOException {
        Ended person = person(ASKS + "hang", "none " + LS + " ignore-hup").ended();
        assertThat(person.out()).as(person.toString()).isEqualTo("ok\n");
        assertThat(launcher.pawl("approve", question()).code()).isZero();
        Started.until("it goes on", () -> Files.exists(work.resolve("outcome")));
        assertThat(work.resolve("outcome")).hasContent("started 0");
        assertThat(launcher.pawl("stop", "--all").code()).isZero();
    }

    private Started person(String steps, String agent) throws IOException {
        // A shell between terminal and Pawl hands a hangup on to all of its job.
        List<String> command = List.of(
                Launcher.PYTHON,
                "person.py",
                steps,
                "/bin/bash",
                "-ic",
                "\"$PAWL\" run --charter " + charter + " -- " + Launcher.PYTHON + " drawing.py " + agent + "; exit $?");
        return launcher.program(Launcher.NOTHING, work, command);
    }

    private String question() throws IOException {
        Matcher id = Pattern.compile("question (\\S+)")
                .matcher(launcher.pawl("approvals").out());
        assertThat(id.find()).as("a question is open").isTrue();
        return id.group(1);
    }
}
