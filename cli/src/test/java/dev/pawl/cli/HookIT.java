package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Body;
import dev.pawl.drill.agent.AgentKit;
import dev.pawl.drill.agent.Launch;
import dev.pawl.drill.model.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code pawl hook claude}, asked by this test and by an unmodified Claude Code that is not held. */
final class HookIT {
    private static final String TOOLS = """
            tools:
              allow:
                - {server: claude, tool: Bash, arguments: {command: "echo *", "description?": "*", "timeout?": "*"}}
                - {server: claude, tool: Edit, ask: true}
            """;

    @TempDir
    private Path base;

    private Launcher launcher = new Launcher(Path.of("."));
    private Path work = Path.of(".");

    HookIT() throws IOException {}

    @BeforeEach
    void open() throws IOException {
        launcher = new Launcher(base);
        work = launcher.workspace("hook");
    }

    @AfterEach
    void close() {
        launcher.close();
    }

    private Ended asked(String question) throws IOException {
        Path charter = launcher.charter("hooked", work, TOOLS);
        Path input = Files.writeString(base.resolve("question"), question);
        return launcher.start(input, work, List.of("hook", "claude", "--charter", charter.toString()))
                .ended();
    }

    private static String question(String tool, String input) {
        return "{\"session_id\":\"s1\",\"hook_event_name\":\"PreToolUse\",\"tool_name\":\"" + tool
                + "\",\"tool_input\":" + input + "}";
    }

    @Test
    void answersByTheCharter() throws IOException {
        assertThat(asked(question("Bash", "{\"command\":\"echo a\"}")).out())
                .contains("\"permissionDecision\":\"allow\"", "\"hookEventName\":\"PreToolUse\"");
        assertThat(asked(question("Edit", "{\"file_path\":\"/x\"}")).out()).contains("\"permissionDecision\":\"ask\"");
        assertThat(asked(question("mcp__notes__drop", "{}")).out())
                .contains("\"permissionDecision\":\"deny\"", "no grant covers the tool drop of notes", "Next: ");
        assertThat(launcher.events("hooked").stream()
                        .filter(event -> event.body() instanceof Body.Tool)
                        .map(event -> ((Body.Tool) event.body()).name() + " "
                                + Launcher.decision(event).verdict().text()))
                .containsExactly("Bash allow", "Edit ask", "drop deny");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"hook_event_name\":\"PreToolUse\",\"tool_name\":\"a\",\"tool_name\":\"b\",\"tool_input\":{}}"
            })
    void whatIsNoQuestionIsRefused(String question) throws IOException {
        Ended ended = asked(question);
        assertThat(ended.code()).as(ended.toString()).isEqualTo(2);
        assertThat(ended.err()).contains("pawl: denied");
    }

    @Test
    void claudeCodeAsksAndObeys() throws IOException {
        Path root = FromNpm.agent(AgentKit.CLAUDE);
        Path charter = launcher.charter("hooked", work, TOOLS);
        Path home = Files.createDirectories(base.resolve("claude-home"));
        Path settings = Files.writeString(home.resolve("hooks.json"), """
                {"hooks":{"PreToolUse":[{"matcher":"*","hooks":[{"type":"command","command":"%s hook claude --charter %s"}]}]}}
                """.formatted(AttackTargets.launcher(), charter));
        List<String> script = List.of("echo one > allowed", "touch forbidden");
        try (ScriptedModel model = ScriptedModel.start(script)) {
            Launch launch = AgentKit.CLAUDE.launch(root, "127.0.0.1", model.port(), "Do what is to be done.");
            List<String> command = new ArrayList<>(launch.command());
            command.addAll(List.of("--settings", settings.toString()));
            Map<String, String> environment = new HashMap<>(launch.environment());
            environment.put("HOME", home.toString());
            Ended ended = launcher.program(Launcher.NOTHING, work, command, environment)
                    .ended();
            assertThat(ended.code()).as(ended.toString()).isZero();
            assertThat(work.resolve("allowed")).exists();
            assertThat(work.resolve("forbidden")).doesNotExist();
            assertThat(String.join("\n", model.told(script.size())))
                    .contains("Pawl: the tool Bash of claude is granted, but not with these arguments (rule default)");
        }
    }
}
