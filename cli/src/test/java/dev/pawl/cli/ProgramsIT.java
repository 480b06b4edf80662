package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Body;
import dev.pawl.core.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Charters that name their programs: honest work, readable denials, and no start where they could not be held. */
final class ProgramsIT {
    private static final int REFUSED = 125;
    private static final String GRANTED = "commands: [{program: cat}]\n";

    @TempDir
    private Path base;

    private Launcher launcher = new Launcher(Path.of("."));
    private Path work = Path.of(".");

    ProgramsIT() throws IOException {}

    @BeforeEach
    void open() throws IOException {
        launcher = new Launcher(base);
        work = launcher.workspace("work");
    }

    @AfterEach
    void close() {
        launcher.close();
    }

    @Test
    void aTicketSummariserDoesItsWorkAndHasNoShell() throws IOException {
        Path tickets = Files.createDirectory(work.resolve("tickets"));
        Files.writeString(tickets.resolve("1.txt"), "Printer on fire\nPlease help.\n");
        Files.writeString(tickets.resolve("2.txt"), "Cannot log in\n");
        Path agent = agent("summarise.py", Launcher.PYTHON);
        Path charter = launcher.charter("summariser", work, """
                commands:
                  - program: %s
                  - program: cat
                    arguments: ["tickets/*"]
                """.formatted(agent));
        Ended ended = launcher.run(charter, work, agent.toString()).ended();
        assertThat(ended.code()).as(ended.toString()).isZero();
        assertThat(work.resolve("summary.txt")).hasContent("1.txt: Printer on fire\n2.txt: Cannot log in");
        assertThat(ended.lines())
                .containsExactly(
                        "sh Permission denied",
                        "bash Permission denied",
                        "python Permission denied",
                        "curl Permission denied",
                        "cat Permission denied",
                        "system 127");
        assertThat(programs("commands[0]")).containsExactly(agent.toString());
        assertThat(programs("commands[1]")).hasSize(2).allMatch(exe -> exe.endsWith("/cat"));
        Path shell = Path.of("/bin/sh").toRealPath();
        assertThat(denials()).anyMatch(denial -> denial.startsWith("/bin/sh no grant covers the program " + shell));
        assertThat(ended.err()).as("the summary").contains("/bin/sh");
    }

    @Test
    void whatIsMissingToStartIsSaidAtOnce() throws IOException {
        Path agent = agent("summarise.py", "/usr/bin/env cat");
        Path charter = launcher.charter("missing", work, "commands: [{program: 'true'}]\n");
        Ended ended = launcher.run(charter, work, agent.toString()).ended();
        assertThat(ended.code()).isEqualTo(REFUSED);
        assertThat(ended.err()).contains("\n  - program: " + agent + "\n  - program: cat");
        assertThat(launcher.home().resolve("runs")).doesNotExist();
    }

    @Test
    void aKernelWithoutLandlockStartsNoSuchCharter() throws IOException {
        Path named = launcher.charter("named", work, GRANTED);
        Ended refused = withoutLandlock(named);
        assertThat(refused.code()).as(refused.toString()).isEqualTo(REFUSED);
        assertThat(refused.err()).contains("`commands`", "Landlock", "5.19");
        Ended other = withoutLandlock(launcher.charter("other", work, ""));
        assertThat(other.code()).as(other.toString()).isZero();
    }

    @Test
    void withAServerASpareIsOnlyForTheSamePrograms() throws IOException {
        launcher.start(Launcher.NOTHING, base, List.of("up")).says("pawl: up");
        Path charter = launcher.charter("served", work, GRANTED);
        Files.writeString(work.resolve("text"), "text");
        for (int round = 0; round < 2; round++) {
            assertThat(launcher.run(charter, work, "cat", "text").ended().out()).isEqualTo("text");
        }
        launcher.charter("served", work, "commands: [{program: head}, {program: env}]\n");
        assertThat(launcher.run(charter, work, "cat", "text").ended().code()).isEqualTo(REFUSED);
        assertThat(launcher.run(charter, work, "head", "text").ended().out()).isEqualTo("text");
        Ended denied = launcher.run(charter, work, "env", "cat", "text").ended();
        assertThat(denied.code()).as(denied.toString()).isEqualTo(126);
        assertThat(denied.out()).isEmpty();
    }

    private Ended withoutLandlock(Path charter) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Launcher.PYTHON, Launcher.script("without_landlock.py").toString()));
        command.addAll(List.of(AttackTargets.launcher().toString(), "run", "--charter", charter.toString()));
        command.addAll(List.of("--", "cat", "/dev/null"));
        return launcher.program(Launcher.NOTHING, work, command).ended();
    }

    /** A script of the tests as an installed program, beside the workspace. */
    private Path agent(String script, String interpreter) throws IOException {
        Path file = Files.createDirectories(launcher.base().resolve("agent")).resolve("agent");
        Files.writeString(file, "#!" + interpreter + "\n" + Files.readString(Launcher.script(script)));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** What was allowed to start by a rule. */
    private List<String> programs(String rule) {
        return launcher.events().stream()
                .filter(event -> event.body() instanceof Body.Exec && !Launcher.denied(event))
                .filter(event -> Launcher.decision(event).rule().equals(rule))
                .map(event -> ((Body.Exec) event.body()).exe())
                .toList();
    }

    private List<String> denials() {
        return launcher.events().stream()
                .filter(Launcher::denied)
                .filter(event -> event.body() instanceof Body.Exec)
                .map(ProgramsIT::line)
                .toList();
    }

    private static String line(Event event) {
        return ((Body.Exec) event.body()).exe() + " " + Launcher.decision(event).because();
    }
}
