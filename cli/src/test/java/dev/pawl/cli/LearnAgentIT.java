package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Event;
import dev.pawl.drill.agent.AgentKit;
import dev.pawl.drill.agent.Launch;
import dev.pawl.drill.model.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Unmodified agents, watched and then held to what was learned: they do the same work and are denied nothing. */
final class LearnAgentIT {
    private static final String HOST = "model.drill";
    private static final int PORT = 8080;
    private static final List<String> SCRIPT = List.of(
            "sed -i s/wrong/right/ answer.txt", "cat answer.txt", "getent hosts model.drill >/dev/null; echo code=$?");

    @TempDir
    private Path base;

    @ParameterizedTest
    @EnumSource(names = {"QWEN", "CODEX"})
    void worksUnderWhatWasLearned(AgentKit kit) throws IOException {
        held(kit, FromNpm.agent(kit));
    }

    private void held(AgentKit kit, Path root) throws IOException {
        try (Launcher launcher = new Launcher(base)) {
            Path work = launcher.workspace(kit.title());
            Path learned = launcher.base().resolve("learned.yaml");
            for (int turn = 0; turn < 2; turn++) {
                Files.writeString(work.resolve("answer.txt"), "the wrong answer\n");
                try (ScriptedModel model = ScriptedModel.start(SCRIPT)) {
                    Launch launch = kit.launch(root, HOST, PORT, "Put the answer right.");
                    Path charter = turn == 0
                            ? launcher.charter(kit.title(), work, AgentsIT.rest(launch, model.port()))
                            : routed(learned, model.port());
                    List<String> words = new ArrayList<>(
                            turn == 0
                                    ? List.of("learn", "-c", charter.toString(), "-o", learned.toString(), "--")
                                    : List.of("run", "-c", charter.toString(), "--"));
                    words.addAll(launch.command());
                    Ended ended = launcher.start(Launcher.NOTHING, work, words).ended();
                    assertThat(ended.code()).as(ended.toString()).isZero();
                    assertThat(model.toolResults()).as(ended.toString()).hasSize(SCRIPT.size());
                    assertThat(model.toolResults().get(1)).contains("the right answer");
                    assertThat(model.toolResults().get(2)).contains("code=0");
                }
            }
            assertThat(learned)
                    .content()
                    .contains("commands:")
                    .contains("- host: model.drill\n      port: 8080\n      protocol: http")
                    .doesNotContain("INCOMPLETE");
            Ended check = launcher.pawl("charter", "check", learned.toString());
            assertThat(check.code()).as(check.toString()).isZero();
            List<Event> denied =
                    launcher.events().stream().filter(Launcher::denied).toList();
            assertThat(denied).as(Files.readString(learned)).isEmpty();
        }
    }

    /** The scripted model listens on another port each time; nothing else of the charter is touched. */
    private static Path routed(Path learned, int port) throws IOException {
        String text = Files.readString(learned)
                .replaceFirst("to: \"127\\.0\\.0\\.1:[0-9]+\"", "to: \"127.0.0.1:" + port + "\"");
        return Files.writeString(learned.resolveSibling("routed.yaml"), text);
    }
}
