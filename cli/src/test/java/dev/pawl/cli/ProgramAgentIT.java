package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Body;
import dev.pawl.core.Event;
import dev.pawl.drill.agent.AgentKit;
import dev.pawl.drill.agent.Launch;
import dev.pawl.drill.model.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real agent under a charter that names its programs: its own, a shell and two tools. What a model tells it to do beyond
 * these fails in words the model can read, and is on record with the agent as its cause.
 */
final class ProgramAgentIT {
    private static final AgentKit KIT = AgentKit.QWEN;
    private static final String HOST = "model.drill";
    private static final int PORT = 8080;
    private static final List<String> SCRIPT = List.of(
            "sed -i s/wrong/right/ answer.txt",
            "cat answer.txt",
            "curl -sS -m 5 http://203.0.113.9/; echo code=$?",
            "/usr/bin/python3 -c 'print(6 * 7)'; echo code=$?",
            "./payload; echo code=$?",
            "cat /usr/bin/curl > copy; echo code=$?",
            "/lib64/ld-linux-x86-64.so.2 ./payload; echo code=$?");

    @TempDir
    private Path base;

    private Launcher launcher = new Launcher(Path.of("."));

    ProgramAgentIT() throws IOException {}

    @BeforeEach
    void open() throws IOException {
        launcher = new Launcher(base);
    }

    @AfterEach
    void close() {
        launcher.close();
    }

    @Test
    void worksWithWhatIsGrantedAndReadsWhatIsDenied() throws IOException {
        held(FromNpm.agent(KIT));
    }

    private void held(Path root) throws IOException {
        Path work = launcher.workspace("work");
        Files.writeString(work.resolve("answer.txt"), "the wrong answer\n");
        Files.copy(Path.of("/usr/bin/id"), work.resolve("payload"));
        try (ScriptedModel model = ScriptedModel.start(SCRIPT)) {
            Launch launch = KIT.launch(root, HOST, PORT, "Put the answer right.");
            Path agent = Path.of(launch.command().getFirst()).toRealPath();
            Path charter = launcher.charter(
                    "named",
                    work,
                    "commands: [{program: %s}, {program: node}, {program: bash}, {program: sed}, {program: cat}]\n"
                                    .formatted(agent)
                            + AgentsIT.rest(launch, model.port()));
            Ended ended = launcher.run(charter, work, launch.command().toArray(String[]::new))
                    .ended();
            assertThat(ended.code()).as(ended.toString()).isZero();
            List<String> results = model.toolResults();
            assertThat(results).as(ended.toString()).hasSize(SCRIPT.size());
            assertThat(results.get(1)).contains("the right answer");
            for (int denied = 2; denied < SCRIPT.size(); denied++) {
                assertThat(results.get(denied))
                        .contains("Permission denied")
                        .doesNotContain("code=0")
                        .doesNotContain("uid=")
                        .doesNotContain("42");
            }
        }
        List<Event> denied = launcher.events().stream()
                .filter(Launcher::denied)
                .filter(event -> event.body() instanceof Body.Exec)
                .toList();
        assertThat(denied).allSatisfy(event -> {
            assertThat(Launcher.decision(event).because()).contains("no grant covers the program");
            assertThat(event.cause()).isNotNull();
        });
        assertThat(denied.stream().map(event -> ((Body.Exec) event.body()).exe()))
                .contains(
                        "/usr/bin/curl",
                        "/usr/bin/python3",
                        work.resolve("./payload").toString(),
                        "/lib64/ld-linux-x86-64.so.2");
    }
}
