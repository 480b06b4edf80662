package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Body;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A held program speaks MCP over HTTP with a server behind an inspected grant. */
final class McpHttpIT {
    @TempDir
    private Path base;

    private Launcher launcher = new Launcher(Path.of("."));
    private Path work = Path.of(".");
    private Path log = Path.of(".");

    McpHttpIT() throws IOException {}

    @BeforeEach
    void open() throws IOException {
        launcher = new Launcher(base);
        work = launcher.workspace("http", "mcp_http.py");
        log = base.resolve("calls");
    }

    @AfterEach
    void close() {
        launcher.close();
    }

    private Started run(String agent, String script) throws IOException {
        Started server =
                launcher.program(Launcher.NOTHING, work, List.of(Launcher.PYTHON, "mcp_http.py", log.toString()));
        Started.until("the server listens", () -> server.out().endsWith("\n"));
        Path charter = launcher.charter(agent, work, """
                network:
                  allow: [{host: notes.example, port: 80, protocol: http, mcp: notes}]
                  route: [{host: notes.example, to: '127.0.0.1:%s'}]
                tools:
                  allow:
                    - {server: notes, tool: read_note, arguments: {note: "*"}}
                    - {server: notes, tool: write_note, ask: "what is written stays"}
                """.formatted(server.out().strip()));
        return launcher.run(charter, work, "/bin/bash", "-c", """
                say() { curl -sS -m 60 -H "content-type: application/json" --data-binary "$2" "http://notes.example/$1"; echo; }
                call() { say "$1" '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"'"$2"'","arguments":'"$3"'}}'; }
                """ + script);
    }

    @Test
    void callsAreDecidedAndDescriptionsHeld() throws Exception {
        Started run = run("web", """
                say mcp '{"jsonrpc":"2.0","id":7,"method":"tools/list"}'
                call mcp read_note '{"note":"a"}'
                call mcp read_note '{"other":"a"}'
                call json drop_note '{}'
                say mcp '{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}'
                say mcp '{"jsonrpc":"2.0","id":8,"method":"tools/list"}'
                say json '{"jsonrpc":"2.0","id":9,"method":"tools/list"}'
                """);
        Ended ended = run.ended();
        List<String> lines = ended.out()
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("event:"))
                .toList();
        assertThat(lines).as(ended.toString()).hasSize(7);
        assertThat(lines.get(0)).contains("\"Reads.\"");
        assertThat(lines.get(1)).contains("tools/call was done");
        assertThat(lines.get(2)).contains("Pawl denied read_note of notes", "not with these arguments", "isError");
        assertThat(lines.get(3)).contains("no grant covers the tool drop_note", "\"id\":1", "isError");
        assertThat(lines.get(4)).contains("\"status\":400", "one way only");
        assertThat(lines.get(5)).as("the description that was seen first").contains("\"Reads.\"");
        assertThat(lines.get(6)).contains("\"Reads.\"").doesNotContain("keys");
        assertThat(Files.readAllLines(log)).containsExactly("{\"note\": \"a\"}");
        assertThat(launcher.events("web").stream()
                        .filter(event -> event.body() instanceof Body.Tool)
                        .map(event -> ((Body.Tool) event.body()).name() + " "
                                + (event.decision() == null
                                        ? ((Body.Tool) event.body()).outcome()
                                        : event.decision().rule())))
                .contains("read_note tools.allow[0]", "read_note answered", "drop_note default")
                .contains("@tools/list description-changed");
    }

    @Test
    void aCallIsHeldAndGoesOnExactlyAfterTheYes() throws Exception {
        Started run = run("held", "call mcp write_note '{\"note\": \"b\"}'");
        Asker asker = new Asker(launcher);
        var question = asker.question("held");
        assertThat(question.json()).contains("\"kind\":\"tool\"", "call write_note of notes");
        assertThat(log).doesNotExist();
        Ended approved = asker.approve(question, "once");
        assertThat(approved.out()).as(approved.toString()).contains("1 attempt goes on");
        Ended ended = run.ended();
        assertThat(ended.out()).as(ended.toString()).contains("tools/call was done");
        assertThat(Files.readAllLines(log)).containsExactly("{\"note\": \"b\"}");
    }
}
