package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Standard input, output and error of a held program are those of whoever started Pawl. */
final class StreamsIT {
    private static final int LINES = 400_000;

    @TempDir
    private Path base;

    private Launcher launcher = new Launcher(Path.of("."));
    private Path work = Path.of(".");
    private Path charter = Path.of(".");

    StreamsIT() throws IOException {}

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
    void aFileIsReadToItsEnd() throws IOException {
        byte[] content = "0123456789abcdef\n".repeat(LINES).getBytes(StandardCharsets.UTF_8);
        Path input = Files.write(base.resolve("input"), content);
        Ended ended = launcher.run(input, charter, work, "/bin/cat").ended();
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).hasSize(content.length);
        assertThat(launcher.run(input, charter, work, "/usr/bin/wc", "-c")
                        .ended()
                        .out()
                        .strip())
                .isEqualTo(String.valueOf(content.length));
    }

    @Test
    void outputAndErrorStayApart() throws IOException {
        Ended ended = launcher.run(charter, work, "/bin/sh", "-c", "echo out; echo err >&2")
                .ended();
        assertThat(ended.out()).isEqualTo("out\n");
        assertThat(ended.err()).isEqualTo("err\n");
    }

    @Test
    void pipesCarryEverything() throws IOException {
        Ended ended = shell("seq " + LINES + " | \"$PAWL\" run --charter " + charter + " -- cat | tail -n 1");
        assertThat(ended.out()).isEqualTo(LINES + "\n");
        Ended early = shell("\"$PAWL\" run --charter " + charter + " -- yes | head -n 1; echo ${PIPESTATUS[0]}");
        // SIGPIPE ends yes, as it would without Pawl.
        assertThat(early.out()).isEqualTo("y\n141\n");
    }

    @Test
    void inputThatNobodyReadsHoldsNothingUp() throws IOException {
        Process open = new ProcessBuilder(
                        AttackTargets.launcher().toString(), "run", "--charter", charter.toString(), "--", "true")
                .directory(work.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (OutputStream input = open.getOutputStream()) {
            Started.until("ends though its input stays open", () -> !open.isAlive());
            assertThat(open.exitValue()).isZero();
            assertThat(input).isNotNull();
        }
    }

    @Test
    void closedStreamsAreNoTrouble() throws IOException {
        String pawl = "\"$PAWL\" run --charter " + charter + " -- ";
        assertThat(shell(pawl + "sh -c 'echo out' <&-").out()).isEqualTo("out\n");
        Ended noOutput = shell(pawl + "sh -c 'echo lost; echo err >&2; exit 3' >&-; echo code $?");
        assertThat(noOutput.out()).as(noOutput.toString()).isEqualTo("code 3\n");
        Ended noError = shell(pawl + "sh -c 'echo out; exit 4' 2>&-; echo code $?");
        assertThat(noError.out()).as(noError.toString()).isEqualTo("out\ncode 4\n");
        Ended none = shell(pawl + "sh -c 'echo kept >file; exit 5' <&- >&- 2>&-; echo code $?");
        assertThat(none.out()).as(none.toString()).isEqualTo("code 5\n");
        assertThat(work.resolve("file")).hasContent("kept");
    }

    @Test
    void otherDescriptorsOfTheCallerStayOut() throws IOException {
        Files.writeString(base.resolve("secret"), "secret");
        Ended ended = shell("exec 7<" + base.resolve("secret") + "; \"$PAWL\" run --charter " + charter
                + " -- sh -c 'ls /proc/self/fd; cat <&7'");
        assertThat(ended.out()).as(ended.toString()).doesNotContain("secret").doesNotContain("7");
        assertThat(ended.code()).isNotZero();
    }

    private Ended shell(String script) throws IOException {
        return launcher.program(Launcher.NOTHING, work, List.of("/bin/bash", "-c", script))
                .ended();
    }
}
