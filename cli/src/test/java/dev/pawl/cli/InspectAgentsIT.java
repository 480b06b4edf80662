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
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Unmodified agents whose calls of the model are read: they ask the real names of their providers over TLS, and a
 * scripted model on loopback answers. An agent that npm cannot deliver is left out by name.
 */
final class InspectAgentsIT {
    private static final List<String> SCRIPT = List.of("sed -i s/wrong/right/ answer.sh", "sh ./answer.sh");

    @TempDir
    private Path base;

    private Launcher launcher = new Launcher(Path.of("."));

    InspectAgentsIT() throws IOException {}

    @BeforeEach
    void open() throws IOException {
        launcher = new Launcher(base);
    }

    @AfterEach
    void close() {
        launcher.close();
    }

    /** Where an agent's calls go, and by which path. */
    private record Provider(String host, String path, String call) {
        static Provider of(AgentKit kit) {
            return switch (kit) {
                case CODEX -> new Provider("api.openai.com", "", "/v1/responses");
                case QWEN ->
                    new Provider("dashscope.aliyuncs.com", "/compatible-mode", "/compatible-mode/v1/chat/completions");
                case CLAUDE -> new Provider("api.anthropic.com", "", "/v1/messages");
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void worksAndEachCallIsRecorded(AgentKit kit) throws Exception {
        held(kit, FromNpm.agent(kit));
    }

    private void held(AgentKit kit, Path root) throws IOException, GeneralSecurityException {
        Provider provider = Provider.of(kit);
        Path work = launcher.workspace(kit.title());
        Files.writeString(work.resolve("answer.sh"), "echo the wrong answer\n");
        TestCertificates certificates = new TestCertificates(base, provider.host());
        try (ScriptedModel model = ScriptedModel.start(certificates.server(), SCRIPT)) {
            Launch launch = kit.launch(root, "https://" + provider.host() + provider.path(), "Put the answer right.");
            Path charter = launcher.charter(kit.title(), work, rest(launch, provider, model.port(), certificates));
            Ended ended = launcher.run(charter, work, launch.command().toArray(String[]::new))
                    .ended();
            assertThat(ended.code()).as(ended.toString()).isZero();
            assertThat(model.toolResults()).as(ended.toString()).hasSize(SCRIPT.size());
            assertThat(model.toolResults().getLast()).contains("the right answer");
            assertRecorded(kit, provider, model.requests());
            assertLinked(kit, "sed");
            assertLinked(kit, "sh");
        }
    }

    /** The program that a command of the script begins with was started by the tool call that says it, by a model's turn. */
    private void assertLinked(AgentKit kit, String name) {
        String command = SCRIPT.stream()
                .filter(each -> each.startsWith(name + " "))
                .findFirst()
                .orElseThrow();
        List<String> words = List.of(command.split(" "));
        Map<String, Event> all = launcher.events(kit.title()).stream()
                .collect(Collectors.toMap(Event::id, event -> event, (one, _) -> one));
        assertThat(all.values())
                .filteredOn(event -> event.body() instanceof Body.Exec exec
                        && exec.argv().size() == words.size()
                        && exec.argv().subList(1, words.size()).equals(words.subList(1, words.size())))
                .isNotEmpty()
                .allSatisfy(event -> {
                    Event tool = until(all, event, Body.Tool.class);
                    assertThat(((Body.Tool) tool.body()).arguments()).contains(command);
                    until(all, tool, Body.Model.class);
                });
    }

    /** The nearest cause of that kind. */
    private static Event until(Map<String, Event> all, Event event, Class<? extends Body> kind) {
        Event cause = event;
        while (cause != null && !kind.isInstance(cause.body())) {
            cause = all.get(String.valueOf(cause.cause()));
        }
        return Objects.requireNonNull(cause, () -> "no " + kind.getSimpleName() + " behind " + event);
    }

    /** Qwen Code is left out: it asks again for minutes, whatever it is told, and is refused each time. */
    @ParameterizedTest
    @EnumSource(names = {"CODEX", "CLAUDE"})
    void endsWhereItsBudgetDoesAndIsToldSoByItsProvider(AgentKit kit) throws Exception {
        Path root = FromNpm.agent(kit);
        Provider provider = Provider.of(kit);
        Path work = launcher.workspace(kit.title());
        TestCertificates certificates = new TestCertificates(base, provider.host());
        try (ScriptedModel model = ScriptedModel.start(certificates.server(), SCRIPT)) {
            Launch launch = kit.launch(root, "https://" + provider.host() + provider.path(), "Put the answer right.");
            String rest = rest(launch, provider, model.port(), certificates) + "budget: {model: {calls: 1/run}}\n";
            Ended ended = launcher.run(
                            launcher.charter(kit.title(), work, rest),
                            work,
                            launch.command().toArray(String[]::new))
                    .ended();
            assertThat(model.requests()).isEqualTo(1);
            assertThat(ended.toString())
                    .contains(kit == AgentKit.CODEX ? "Quota exceeded" : "this run may use 1 calls a run");
            assertThat(launcher.events(kit.title()))
                    .anySatisfy(event -> assertThat(event.decision())
                            .isNotNull()
                            .satisfies(decision -> assertThat(decision.rule()).startsWith("budget.model.calls")));
        }
    }

    /** As many calls were answered, after the record, as the model saw; nothing else was. */
    private void assertRecorded(AgentKit kit, Provider provider, int calls) {
        List<Body.Http> answered = launcher.events(kit.title()).stream()
                .map(Event::body)
                .filter(Body.Http.class::isInstance)
                .map(Body.Http.class::cast)
                .filter(http -> http.host().equals(provider.host())
                        && http.method().equals("POST")
                        && http.path().equals(provider.call())
                        && http.status() != null)
                .toList();
        assertThat(answered).hasSize(calls);
        assertThat(answered).allSatisfy(http -> {
            assertThat(http.status()).isEqualTo(200);
            assertThat(http.sent()).isPositive();
            assertThat(http.received()).isPositive();
        });
    }

    private static String rest(Launch launch, Provider provider, int port, TestCertificates certificates)
            throws IOException, GeneralSecurityException {
        StringBuilder rest = new StringBuilder("""
                network:
                  allow: [{host: %s, inspect: true}]
                  route: [{host: %s, to: '127.0.0.1:%d'}]
                  authorities: [%s]
                files:
                  read: [%s]
                env:
                  set:
                """.formatted(
                        provider.host(),
                        provider.host(),
                        port,
                        certificates.authority(),
                        launch.readable().stream().map(Path::toString).collect(Collectors.joining(", "))));
        launch.environment().forEach((name, value) -> rest.append("    " + name + ": '" + value + "'\n"));
        return rest.toString();
    }
}
