package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.drill.agent.AgentKit;
import dev.pawl.drill.agent.Launch;
import dev.pawl.drill.model.ScriptedModel;
import dev.pawl.policy.StandardBoundaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Unmodified agents read their charter by themselves: what they send their model carries it when the charter asks for
 * that, and does not when it does not. An agent that npm cannot deliver is left out by name.
 */
final class InstructionsIT {
    private static final String HOST = "model.drill";
    private static final int PORT = 8080;

    /** The second tells whether the agent passes the variable on to the programs it starts. */
    private static final List<String> SCRIPT = List.of("true", "head -n 1 \"$PAWL_CHARTER\"");

    @TempDir
    private Path base;

    private Launcher launcher = new Launcher(Path.of("."));

    InstructionsIT() throws IOException {}

    @BeforeEach
    void open() throws IOException {
        launcher = new Launcher(base);
    }

    @AfterEach
    void close() {
        launcher.close();
    }

    @ParameterizedTest
    @EnumSource
    void theModelIsToldTheCharter(AgentKit kit) throws IOException {
        Path root = FromNpm.agent(kit);
        assertThat(told(kit, root, "instructions: [" + kit.title() + "]\n"))
                .contains("You are `" + kit.title() + "`, an autonomous agent, and you work for Ada.")
                .contains(StandardBoundaries.all().getFirst().never())
                .contains(StandardBoundaries.all().getLast().because());
        assertThat(told(kit, root, "")).doesNotContain("you work for Ada.");
    }

    @Test
    void theAgentCanReadItAndNeverChangeIt() throws IOException {
        Path home = Files.createDirectories(launcher.base().resolve("person"));
        Path mine = Files.createDirectories(home.resolve(".claude")).resolve("CLAUDE.md");
        Files.writeString(mine, "be kind\n");
        Path work = launcher.workspace("reader");
        Path charter = launcher.charter(
                "reader", work, "instructions: [claude, codex]\nfiles: {read: ['" + home + "/.claude']}\n");
        Ended ended = launcher.program(
                        Launcher.NOTHING,
                        work,
                        List.of(
                                "env",
                                "HOME=" + home,
                                AttackTargets.launcher().toString(),
                                "run",
                                "--charter",
                                charter.toString(),
                                "--",
                                "bash",
                                "-c",
                                """
                                cat ~/.claude/CLAUDE.md
                                stat -c %a /run/pawl/charter.md ~/.codex/AGENTS.md
                                cmp /run/pawl/charter.md ~/.codex/AGENTS.md && echo same
                                for file in /run/pawl/charter.md ~/.codex/AGENTS.md ~/.claude/CLAUDE.md; do
                                    echo x 2> /dev/null >> "$file" && echo changed
                                    rm -f "$file" 2> /dev/null && echo removed
                                done
                                echo mine > ~/.codex/config.toml && cat ~/.codex/config.toml
                                cat /run/pawl/charter.md
                                """))
                .ended();
        assertThat(ended.code()).as(ended.toString()).isZero();
        Ended shown = launcher.pawl("charter", "show", "--for-agent", charter.toString());
        assertThat(ended.out()).isEqualTo("be kind\n644\n644\nsame\nmine\n" + shown.out());
        assertThat(ended.err())
                .contains("pawl: no instructions for claude at " + mine + ": " + mine.getParent()
                        + " is the real one, and what is yours is not written to");
        assertThat(mine).hasContent("be kind");
        assertThat(home.resolve(".codex")).doesNotExist();
    }

    /** All texts of one request to the model. */
    private String told(AgentKit kit, Path root, String instructions) throws IOException {
        Path work = launcher.workspace(kit.title() + instructions.length());
        try (ScriptedModel model = ScriptedModel.start(SCRIPT)) {
            Launch launch = kit.launch(root, HOST, PORT, "Look around.");
            String rest = instructions
                    + """
                    network:
                      allow: [{host: %s, port: %d, protocol: http}]
                      route: [{host: %s, to: '127.0.0.1:%d'}]
                    files:
                      read: [%s]
                    env:
                      set:
                    """.formatted(
                            HOST,
                            PORT,
                            HOST,
                            model.port(),
                            launch.readable().stream().map(Path::toString).collect(Collectors.joining(", ")))
                    + launch.environment().entrySet().stream()
                            .map(entry -> "    " + entry.getKey() + ": '" + entry.getValue() + "'\n")
                            .collect(Collectors.joining());
            Ended ended = launcher.run(
                            launcher.charter(kit.title(), work, rest),
                            work,
                            launch.command().toArray(String[]::new))
                    .ended();
            assertThat(ended.code()).as(ended.toString()).isZero();
            assertThat(model.toolResults()).as(ended.toString()).hasSize(SCRIPT.size());
            assertThat(model.toolResults().getLast()).contains("# Your charter");
            return String.join("\n", model.told());
        }
    }
}
