package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Unmodified agents that are not held call tools of a server behind {@code pawl mcp}: one call is allowed, one waits for a
 * person, one is denied, and the next request to their model carries the reason.
 */
final class McpAgentsIT {
    private static final List<String> SCRIPT = List.of(
            "tool read_note {\"note\":\"a\"}", "tool write_note {\"note\":\"b\"}", "tool drop_note {\"note\":\"c\"}");

    @TempDir
    private Path base;

    private Launcher launcher = new Launcher(Path.of("."));

    McpAgentsIT() throws IOException {}

    @BeforeEach
    void open() throws IOException {
        launcher = new Launcher(base);
    }

    @AfterEach
    void close() {
        launcher.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"CLAUDE", "QWEN"})
    void callsAreDecided(AgentKit kit) throws IOException {
        decided(kit, FromNpm.agent(kit));
    }

    private void decided(AgentKit kit, Path root) throws IOException {
        String agent = kit.title() + "-notes";
        Path work = launcher.workspace(agent, "mcp_server.py");
        Path log = work.resolve("calls");
        Path charter = launcher.charter(agent, work, """
                tools:
                  allow:
                    - {server: notes, tool: read_note}
                    - {server: notes, tool: write_note, ask: "what is written stays"}
                """);
        List<String> server = List.of(
                AttackTargets.launcher().toString(),
                "mcp",
                "--charter",
                charter.toString(),
                "--",
                Launcher.PYTHON,
                work.resolve("mcp_server.py").toString(),
                log.toString());
        try (ScriptedModel model = ScriptedModel.start(SCRIPT)) {
            Started run =
                    start(kit, kit.launch(root, "127.0.0.1", model.port(), "Put the notes in order."), work, server);
            Asker asker = new Asker(launcher);
            Ended approved = asker.approve(asker.question(agent), "once");
            assertThat(approved.code()).as(approved.toString()).isZero();
            Ended ended = run.ended();
            assertThat(ended.code()).as(ended.toString()).isZero();
            assertThat(Files.readAllLines(log)).containsExactly("{\"note\": \"a\"}", "{\"note\": \"b\"}");
            assertThat(model.toolResults()).as(ended.toString()).hasSize(SCRIPT.size());
            assertThat(model.toolResults().get(0)).contains("read_note was done");
            assertThat(model.toolResults().get(1)).contains("write_note was done");
            assertThat(String.join("\n", model.told(SCRIPT.size())))
                    .contains("Pawl denied drop_note of notes: no grant covers the tool drop_note of notes")
                    .contains("(rule default). Next: go on without it, or ask Ada to add to the charter: tools.allow:");
        }
    }

    private Started start(AgentKit kit, Launch launch, Path work, List<String> server) throws IOException {
        Path home = Files.createDirectories(base.resolve(kit.title() + "-home"));
        launch.furnish(home);
        Map<String, String> environment = new HashMap<>(launch.environment());
        environment.put("HOME", home.toString());
        environment.put("ENABLE_TOOL_SEARCH", "false");
        List<String> command = new ArrayList<>(launch.command());
        String servers = "{\"notes\":{\"command\":" + quoted(server.getFirst()) + ",\"args\":["
                + String.join(
                        ",", server.stream().skip(1).map(McpAgentsIT::quoted).toList()) + "]}}";
        switch (kit) {
            case CLAUDE -> {
                int tools = command.indexOf("Bash");
                command.set(tools, "Bash,mcp__notes");
                command.addAll(List.of(
                        "--strict-mcp-config",
                        "--mcp-config",
                        Files.writeString(home.resolve("servers.json"), "{\"mcpServers\":" + servers + "}")
                                .toString()));
            }
            case QWEN -> {
                Path settings = home.resolve(".qwen/settings.json");
                String text = Files.readString(settings).strip();
                Files.writeString(
                        settings,
                        text.substring(0, text.length() - 1)
                                + ",\"permissions\":{\"deny\":[\"tool_search\"]},\"mcpServers\":" + servers + "}");
            }
            case CODEX -> throw new IllegalArgumentException("not tried");
        }
        return launcher.program(Launcher.NOTHING, work, command, environment);
    }

    private static String quoted(String word) {
        return "\"" + word.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
