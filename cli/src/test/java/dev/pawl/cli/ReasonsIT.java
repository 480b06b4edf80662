package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.drill.agent.AgentKit;
import dev.pawl.drill.agent.Launch;
import dev.pawl.drill.model.ScriptedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Unmodified agents are refused, and the very next request to their model carries the reason. An agent that npm cannot
 * deliver is left out by name.
 */
final class ReasonsIT {
    private static final List<String> SCRIPT = List.of(
            "curl -sS -m 10 http://tls.drill:8443/",
            "curl -sS -m 10 https://secret.drill/; tail -n 1 \"$PAWL_NOTICES\"");

    @TempDir
    private Path base;

    private Launcher launcher = new Launcher(Path.of("."));

    ReasonsIT() throws IOException {}

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
    void theNextRequestToTheModelCarriesTheReason(AgentKit kit) throws IOException {
        refused(kit, FromNpm.agent(kit));
    }

    private void refused(AgentKit kit, Path root) throws IOException {
        Path work = launcher.workspace(kit.title());
        try (ScriptedModel model = ScriptedModel.start(SCRIPT);
                Upstream upstream = Upstream.echo()) {
            Launch launch = kit.launch(root, "model.drill", 8080, "Fetch the page.");
            String rest = AgentsIT.rest(launch, model.port())
                    .replace("  allow: [", "  allow: [{host: tls.drill, port: 8443, protocol: tls}, ")
                    .replace("  route: [", "  route: [{host: tls.drill, to: '127.0.0.1:" + upstream.port() + "'}, ");
            Ended ended = launcher.run(
                            launcher.charter(kit.title(), work, rest),
                            work,
                            launch.command().toArray(String[]::new))
                    .ended();
            assertThat(ended.code()).as(ended.toString()).isZero();
            String afterHttp = String.join("\n", model.told(1));
            assertThat(afterHttp)
                    .as(ended.toString())
                    .contains("\"rule\":\"protocol-mismatch\"", "\"boundary\":\"no-covert-channels\"")
                    .contains("\"because\":\"The grant for port 8443 says tls", "\"next\":\"speak the protocol");
            String afterName = String.join("\n", model.told(2));
            assertThat(afterName)
                    .as(ended.toString())
                    .contains("denied dns secret.drill ", "no grant covers the name secret.drill")
                    .contains("(rule default, boundary no-covert-channels)")
                    .contains("Next: go on without it, or ask Ada to add to the charter");
        }
    }
}
