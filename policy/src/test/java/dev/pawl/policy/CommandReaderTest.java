package dev.pawl.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.CommandGrant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CommandReaderTest {
    private static final String WORDS = "text is allowed: words with spaces between, such as \"log --oneline **\"";

    @TempDir
    Path temporary;

    Bench bench = new Bench(Path.of("/"), Path.of("/"), Path.of("/"));

    @BeforeEach
    void directories() {
        bench = Bench.in(temporary);
    }

    @Test
    void programsAreFoundByNameAndByPathAndLinksAreFollowed() throws Exception {
        Path tool = executable(bench.home().resolve("tools/tool-2"));
        Path link = Files.createSymbolicLink(bench.home().resolve("tools/tool"), tool);
        List<CommandGrant> grants = commands("commands:\n  - program: sh\n  - program: " + link + "\n");
        assertThat(grants)
                .containsExactly(
                        new CommandGrant("commands[0]", Path.of("/usr/bin/sh").toRealPath(), List.of()),
                        new CommandGrant("commands[1]", tool, List.of()));
    }

    @Test
    void argumentsAreWordsWithStars() throws Exception {
        assertThat(commands(
                                "commands: [{program: sh, arguments: ['status', 'diff **', 'show  a*b', '**', '', 'a \\*']}]")
                        .getFirst()
                        .arguments())
                .containsExactly(
                        new CommandGrant.Arguments(List.of("status"), false),
                        new CommandGrant.Arguments(List.of("diff"), true),
                        new CommandGrant.Arguments(List.of("show", "a*b"), false),
                        new CommandGrant.Arguments(List.of(), true),
                        new CommandGrant.Arguments(List.of(), false),
                        new CommandGrant.Arguments(List.of("a", "\\*"), false));
    }

    @Test
    void noKeyIsNoRestrictionAndAnEmptyListIsEveryRestriction() throws Exception {
        assertThat(bench.load(Bench.MINIMAL).commands()).isEmpty();
        assertThat(bench.load(Bench.MINIMAL + "commands: []\n").commands()).contains(List.of());
    }

    @Test
    void renderedCommandsLoadAgain() throws Exception {
        var charter = bench.load(Bench.MINIMAL
                + "commands: [{program: sh, arguments: ['', '**', '-c \\* a*', 'log **', 'true', '7']}, {program: ls}]\n"
                + "instructions: [codex, claude]\n");
        assertThat(bench.load(CharterText.render(charter))).isEqualTo(charter);
        var nothing = bench.load(Bench.MINIMAL + "commands: []\n");
        assertThat(bench.load(CharterText.render(nothing))).isEqualTo(nothing);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(
                        "commands: git", "5:11: commands is the text \"git\"; a list is allowed here: write [git]"),
                Arguments.of(
                        "commands: [git]",
                        "5:12: commands[0] is the text \"git\"; a mapping with these keys is allowed: program,"
                                + " arguments, ask"),
                Arguments.of("commands: [{arguments: []}]", """
                        5:12: commands[0] has no program; it is required
                        5:24: commands[0].arguments is an empty list, which would grant nothing; leave the key out to \
                        allow any arguments, or write [""] for none"""),
                Arguments.of(
                        "commands: [{program: no-such-program}]",
                        "5:22: commands[0].program is \"no-such-program\", and there is no such program in"
                                + " /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin; an installed program"
                                + " is allowed"),
                Arguments.of(
                        "commands: [{program: /usr/bin/none}]",
                        "5:22: commands[0].program is \"/usr/bin/none\", and there is no such program; an installed"
                                + " program is allowed"),
                Arguments.of(
                        "commands: [{program: bin/sh}]",
                        "5:22: commands[0].program \"bin/sh\" is neither a name nor an absolute path; a program's name"
                                + " such as git, or its absolute path, is allowed"),
                Arguments.of(
                        "commands: [{program: sh}, {program: /bin/sh}]",
                        "5:27: commands[1] grants SH a second time; commands[0] does already: put all its arguments"
                                + " there"),
                Arguments.of(
                        "commands: [{program: sh, arguments: [7]}]",
                        "5:38: commands[0].arguments[0] is the number 7; " + WORDS + "; to mean the text, write \"7\""),
                Arguments.of(
                        "commands: [{program: sh, arguments: ['  ']}]",
                        "5:38: commands[0].arguments[0] is empty; " + WORDS),
                Arguments.of(
                        "commands: [{program: sh, arguments: ['** a']}]",
                        "5:38: commands[0].arguments[0] has ** elsewhere than as its last word; * stands for any"
                                + " characters of one argument"),
                Arguments.of(
                        "commands: [{program: sh, arguments: ['" + "a ".repeat(16) + "']}]",
                        "5:38: commands[0].arguments[0] has 16 words; at most 15 are allowed: end it with ** to allow"
                                + " any further arguments"),
                Arguments.of(
                        "instructions: [clod]",
                        "5:16: instructions[0] is \"clod\"; allowed: claude, codex, qwen, gemini, opencode"),
                Arguments.of(
                        "instructions: [claude, claude]",
                        "5:24: instructions[1] names claude a second time; once is enough"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void saysWhereWhatAndWhatIsAllowed(String lines, String expected) throws Exception {
        String sh = Path.of("/usr/bin/sh").toRealPath().toString();
        assertThat(bench.problems(Bench.MINIMAL + lines + "\n"))
                .containsExactly(expected.replace("SH", sh).split("\n"));
    }

    @Test
    void aProgramTheAgentMayReplaceIsNoGrant() throws Exception {
        Path tool = executable(bench.project().resolve("tool"));
        assertThat(bench.problems(Bench.MINIMAL + "commands: [{program: " + tool + "}]"))
                .containsExactly("5:22: commands[0].program is " + tool + ", where the agent may put another program in"
                        + " its place; move it out of what the agent may write");
    }

    private List<CommandGrant> commands(String lines) throws CharterException {
        return bench.load(Bench.MINIMAL + lines).commands().orElseThrow();
    }

    static Path executable(Path file) throws Exception {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, "#!/bin/sh\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
