package dev.pawl.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Charter;
import dev.pawl.policy.BundleLoader;
import dev.pawl.policy.CharterException;
import dev.pawl.policy.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstructionsTest {
    private static final String ALL = "instructions: [claude, codex, qwen, gemini, opencode]\n";

    @TempDir
    private Path temporary;

    private Path home = Path.of("/");
    private Path work = Path.of("/");

    @BeforeEach
    void directories() throws IOException {
        home = Files.createDirectories(temporary.toRealPath().resolve("home"));
        work = Files.createDirectories(home.resolve("work"));
    }

    @Test
    void everyRunHasItAtOnePlaceAndAKindAlsoAtItsOwn() throws Exception {
        assertThat(of("", Map.of(), List.of())).isEqualTo(new Instructions(List.of(Instructions.CHARTER), List.of()));
        assertThat(of(ALL, Map.of(), List.of()).files())
                .containsExactly(
                        Path.of("/run/pawl/charter.md"),
                        home.resolve(".claude/CLAUDE.md"),
                        home.resolve(".codex/AGENTS.md"),
                        home.resolve(".qwen/QWEN.md"),
                        home.resolve(".gemini/GEMINI.md"),
                        home.resolve(".config/opencode/AGENTS.md"));
    }

    @Test
    void aVariableTheAgentGetsMovesItsDirectory() throws Exception {
        String passed = ALL + "env: {pass: [CODEX_HOME], set: {XDG_CONFIG_HOME: " + home + "/x}}\n";
        Map<String, String> invoker =
                Map.of("CODEX_HOME", home + "/.codex-work", "CLAUDE_CONFIG_DIR", home + "/not-passed");
        assertThat(of(passed, invoker, List.of()).files())
                .contains(
                        home.resolve(".codex-work/AGENTS.md"),
                        home.resolve(".claude/CLAUDE.md"),
                        home.resolve("x/opencode/AGENTS.md"));
    }

    @Test
    void whatIsThePersonsIsNeverWrittenTo() throws Exception {
        Path claude = Files.createDirectories(home.resolve(".claude"));
        Path codex = Files.createDirectories(home.resolve(".codex/sessions"));
        Path qwen =
                Files.createFile(Files.createDirectories(home.resolve(".qwen")).resolve("QWEN.md"));
        Instructions made = of(ALL, Map.of(), List.of(claude, codex, qwen));
        assertThat(made.files())
                .contains(home.resolve(".codex/AGENTS.md"))
                .doesNotContain(claude.resolve("CLAUDE.md"), qwen);
        assertThat(made.leftOut())
                .containsExactly(
                        "pawl: no instructions for claude at " + claude + "/CLAUDE.md: " + claude
                                + " is the real one, and what is yours is not written to; the agent finds them at"
                                + " /run/pawl/charter.md",
                        "pawl: no instructions for qwen at " + qwen + ": " + qwen
                                + " is the real one, and what is yours is not written to; the agent finds them at"
                                + " /run/pawl/charter.md");
    }

    @Test
    void noFileIsMadeOutsideTheHome() throws Exception {
        String set = "instructions: [claude, codex, qwen]\nenv: {set: {CLAUDE_CONFIG_DIR: /etc, CODEX_HOME: " + work
                + "/c, QWEN_HOME: " + home + "/../other}}\n";
        Instructions made = of(set, Map.of(), List.of());
        assertThat(made.files()).containsExactly(Instructions.CHARTER);
        assertThat(made.leftOut()).hasSize(3).allMatch(line -> line.startsWith("pawl: no instructions for "));
    }

    @Test
    void aRelativeDirectoryIsNotInTheHome() throws Exception {
        assertThat(of("instructions: [codex]\nenv: {set: {CODEX_HOME: .codex}}\n", Map.of(), List.of())
                        .leftOut())
                .singleElement()
                .asString()
                .contains("at .codex/AGENTS.md: that is not in the agent's own home");
    }

    private Instructions of(String rest, Map<String, String> invoker, List<Path> read)
            throws IOException, CharterException {
        Path file = Files.writeString(
                home.resolve("c.yaml"), "agent: a\nowner: {name: Ada}\npurpose: p\nworkspace: work\n" + rest);
        Charter charter = BundleLoader.load(
                        file, new Surroundings(home, home.resolve(".pawl"), home, "ada", invoker, home.resolve("etc")))
                .charter();
        RunRequest request = new RunRequest(Optional.of(file), false, List.of("true"), work, invoker);
        List<Path> shown = new java.util.ArrayList<>(read);
        shown.add(charter.workspace());
        return Instructions.of(charter, request, "ada", home, shown);
    }
}
