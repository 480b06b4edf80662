package dev.pawl.drill.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.drill.rome.InNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The unmodified agents do honest work for the scripted model, without Pawl, in a network namespace from which nothing
 * can leave. One that npm cannot deliver is named as left out.
 */
@Tag("agents")
class AgentsBareTest {
    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(4);

    @TempDir
    private Path scratch;

    @ParameterizedTest
    @EnumSource
    void agentDoesTheScriptedWork(AgentKit kit) throws IOException, InterruptedException {
        switch (kit.install(AgentKit.defaultCache(System.getenv()), INSTALL_LIMIT)) {
            case Installation.LeftOut(String reason) -> System.out.println("left out: " + kit.title() + ": " + reason);
            case Installation.Ready(Path root) -> works(kit, root);
        }
    }

    private void works(AgentKit kit, Path root) throws IOException, InterruptedException {
        Path workspace = Files.createDirectory(scratch.resolve("workspace"));
        Path home = Files.createDirectory(scratch.resolve("home"));
        Path answer = Files.writeString(workspace.resolve("answer.txt"), "the wrong answer\n");
        InNamespace.Ended ended = InNamespace.java(
                scratch,
                AgentMain.class,
                Map.of(),
                List.of(kit.name(), root.toString(), workspace.toString(), home.toString()));
        System.out.println(kit.title() + ": " + ended.out().replace('\n', ';'));
        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(answer).hasContent("the right answer");
        assertThat(ended.out()).as(ended.err()).startsWith("exit 0\n");
        List<String> results =
                ended.out().lines().filter(line -> line.startsWith("result ")).toList();
        assertThat(results).as(ended.err()).hasSize(3);
        assertThat(results.get(1)).contains("the right answer");
        assertThat(results.get(2)).contains("3");
    }
}
