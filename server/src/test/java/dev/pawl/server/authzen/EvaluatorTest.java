package dev.pawl.server.authzen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Body;
import dev.pawl.core.Event;
import dev.pawl.core.Ulid;
import dev.pawl.policy.BundleLoader;
import dev.pawl.policy.PolicyBundle;
import dev.pawl.policy.Surroundings;
import dev.pawl.policy.engine.PolicyEngine;
import dev.pawl.server.RunMonitor;
import dev.pawl.server.approvals.Asks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluatorTest {
    private static final String CHARTER = """
            agent: fixer
            owner: {name: Ada}
            purpose: Fix failing tests
            network:
              allow:
                - {host: plain.example.com}
                - {host: "*.read.example.com", requests: ["GET /repos/**"]}
                - {host: asked.example.com, ask: true}
              addresses: [{cidr: 10.1.0.0/16, port: 5432}]
            commands: [{program: /bin/sh, arguments: ["-c *"]}]
            """;

    @TempDir
    Path temporary;

    private final List<Event> events = new ArrayList<>();
    private boolean recordFails;

    @SuppressWarnings("NullAway.Init") // made before each test
    private Evaluator evaluator;

    @BeforeEach
    void charter() throws Exception {
        Path root = temporary.toRealPath();
        Path home = Files.createDirectories(root.resolve("home"));
        Path project = Files.createDirectories(home.resolve("project"));
        Files.writeString(project.resolve("pawl.yaml"), CHARTER);
        Surroundings here =
                new Surroundings(home, home.resolve(".pawl"), project, "ada", Map.of(), root.resolve("etc"));
        PolicyBundle bundle = BundleLoader.load(Path.of("pawl.yaml"), here);
        PolicyEngine engine = PolicyEngine.of(bundle);
        Clock clock = Clock.fixed(Instant.parse("2026-11-25T12:00:00Z"), ZoneOffset.UTC);
        RunMonitor monitor = new RunMonitor(
                engine,
                Asks.NOBODY,
                told -> {
                    if (recordFails) {
                        throw new IOException("full");
                    }
                    events.addAll(told);
                },
                new Ulid(clock),
                clock,
                "fixer",
                "r-1",
                _ -> null,
                () -> {});
        evaluator = new Evaluator("fixer", monitor, engine::termsOf, (_, denial) -> "ask Ada", "ada");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true  | resolve | host    | plain.example.com                       | {}",
                "true  | resolve | host    | PLAIN.example.com.                      | {\"type\":\"AAAA\"}",
                "false | resolve | host    | other.example.com                       | {}",
                "true  | connect | host    | plain.example.com                       | {\"port\":443}",
                "false | connect | host    | plain.example.com                       | {\"port\":22}",
                "false | connect | host    | plain.example.com                       | {\"port\":443,\"transport\":\"udp\"}",
                "true  | connect | host    | plain.example.com                       | {\"port\":443,\"address\":\"93.184.216.34\"}",
                "false | connect | host    | plain.example.com                       | {\"port\":443,\"address\":\"169.254.169.254\"}",
                "false | connect | host    | plain.example.com                       | {\"port\":443,\"address\":\"nowhere\"}",
                "false | connect | host    | 10.1.2.3                                | {\"port\":5432}",
                "true  | connect | address | 10.1.2.3                                | {\"port\":5432}",
                "false | connect | address | 10.2.2.3                                | {\"port\":5432}",
                "false | connect | address | plain.example.com                       | {\"port\":5432}",
                "true  | request | url     | https://plain.example.com/anything      | {}",
                "true  | request | url     | https://a.read.example.com/repos/x?q=1  | {}",
                "false | request | url     | https://a.read.example.com/admin        | {}",
                "false | request | url     | https://a.read.example.com/repos/../admin | {}",
                "false | request | url     | https://a.read.example.com/repos/%2e%2e/admin | {}",
                "false | request | url     | https://a.read.example.com/repos%2f..%2fadmin | {}",
                "false | request | url     | https://a.read.example.com/repos//x     | {}",
                "false | request | url     | http://plain.example.com/               | {}",
                "false | request | url     | https://x@plain.example.com/            | {}",
                "false | request | url     | https://plain.example.com:8443/         | {}",
                "false | request | url     | file:///etc/passwd                      | {}",
                "false | exec    | program | sh                                      | {}",
                "false | exec    | program | /bin/sh                                 | {}",
                "true  | exec    | program | /bin/sh                                 | {\"arguments\":[\"-c\",\"true\"]}",
                "false | exec    | program | /bin/ls                                 | {}",
                "false | exec    | program | /nowhere/sh                             | {\"arguments\":[\"-c\",\"true\"]}",
                "false | delete  | account | 123                                     | {}",
            })
    void decides(boolean decision, String action, String type, String id, String properties) throws Exception {
        String answer = ask(body(action, type, id, properties));
        assertThat(answer).startsWith("{\"decision\":" + decision + ",\"context\":{\"reason\":\"");
        assertThat(events).isNotEmpty();
        Event last = events.getLast();
        assertThat(answer).contains("\"event\":\"" + last.id() + "\"");
        assertThat(last.decision()).isNotNull();
        assertThat(last.agent()).isEqualTo("fixer");
        assertThat(answer.contains("\"next\":\"ask Ada\""))
                .isEqualTo(!decision && !(last.body() instanceof Body.Control));
    }

    @Test
    void whatAPersonWouldHaveToAgreeToIsANo() {
        assertThat(ask(body("connect", "host", "asked.example.com", "{\"port\":443}")))
                .startsWith("{\"decision\":false,")
                .contains("a person would have to be asked", "\"rule\":\"ask.failed\"");
    }

    @Test
    void theMethodIsOfTheAction() {
        String body = body("request", "url", "https://a.read.example.com/repos/x", "{}")
                .replace("{\"name\":\"request\"}", "{\"name\":\"request\",\"properties\":{\"method\":\"DELETE\"}}");
        assertThat(ask(body)).startsWith("{\"decision\":false,");
        assertThat(events).hasSize(2);
        assertThat(events.getLast().body()).isInstanceOf(Body.Http.class);
    }

    @Test
    void itDecidesForOneAgent() {
        String body = body("resolve", "host", "plain.example.com", "{}");
        assertThat(ask(body.replace("\"fixer\"", "\"other\"")))
                .startsWith("{\"decision\":false,")
                .contains("decides for the agent fixer alone", "\"rule\":\"unclear\"");
        assertThat(ask(body.replace("\"agent\"", "\"user\""))).startsWith("{\"decision\":false,");
        assertThat(events)
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.decision())
                        .isNotNull()
                        .matches(decision -> decision != null && decision.denied()));
    }

    @Test
    void severalAreAnsweredInTheirOrder() {
        String items = "\"evaluations\":[" + resource("other.example.com") + "," + resource("plain.example.com") + ","
                + resource("other.example.com") + "]";
        String all = "{" + subject() + ",\"action\":{\"name\":\"resolve\"}," + items;
        assertThat(decisions(all + "}")).containsExactly(false, true, false);
        assertThat(decisions(all + ",\"options\":{\"evaluations_semantic\":\"execute_all\"}}"))
                .containsExactly(false, true, false);
        assertThat(decisions(all + ",\"options\":{\"evaluations_semantic\":\"deny_on_first_deny\"}}"))
                .containsExactly(false);
        assertThat(decisions(all + ",\"options\":{\"evaluations_semantic\":\"permit_on_first_permit\"}}"))
                .containsExactly(false, true);
        String own = "{" + subject() + ",\"action\":{\"name\":\"resolve\"},\"evaluations\":["
                + "{\"action\":{\"name\":\"connect\"},"
                + resource("plain.example.com", "{\"port\":443}").substring(1) + "]}";
        assertThat(decisions(own)).containsExactly(true);
    }

    @Test
    void withoutSeveralItIsOne() {
        Evaluator.Reply reply = evaluator.answer(
                Evaluator.EVALUATIONS,
                body("resolve", "host", "plain.example.com", "{}").getBytes(UTF_8));
        assertThat(reply.json()).startsWith("{\"decision\":true,");
    }

    @Test
    void oneFaultyPartDecidesNothing() {
        String body = "{" + subject() + ",\"action\":{\"name\":\"resolve\"},\"evaluations\":["
                + resource("plain.example.com") + ",{}]}";
        Evaluator.Reply reply = evaluator.answer(Evaluator.EVALUATIONS, body.getBytes(UTF_8));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json()).contains("evaluations[1]: resource is missing");
        assertThat(events).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "nonsense",
                "{}",
                "{\"subject\":\"fixer\"}",
                "{\"subject\":{\"type\":\"agent\"}}",
                "{\"subject\":{\"type\":\"agent\",\"id\":7},\"action\":{\"name\":\"a\"},\"resource\":{\"type\":\"a\",\"id\":\"b\"}}",
                "{\"subject\":{\"type\":\"agent\",\"id\":\"\"},\"action\":{\"name\":\"a\"},\"resource\":{\"type\":\"a\",\"id\":\"b\"}}",
                "{\"subject\":{\"type\":\"agent\",\"id\":\"fixer\"},\"action\":{},\"resource\":{\"type\":\"a\",\"id\":\"b\"}}",
                "{\"subject\":{\"type\":\"agent\",\"id\":\"fixer\"},\"action\":{\"name\":\"connect\"},\"resource\":{\"type\":\"host\",\"id\":\"a\"}}",
                "{\"subject\":{\"type\":\"agent\",\"id\":\"fixer\"},\"subject\":{\"type\":\"agent\",\"id\":\"x\"}}",
            })
    void whatIsNoEvaluation(String body) {
        Evaluator.Reply reply = evaluator.answer(Evaluator.EVALUATION, body.getBytes(UTF_8));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json()).startsWith("{\"error\":{\"status\":400,\"message\":\"");
        assertThat(events).isEmpty();
    }

    @Test
    void moreThanAHundredAreRefused() {
        String many = String.join(",", Collections.nCopies(Evaluator.MOST + 1, resource("a")));
        String body = "{" + subject() + ",\"action\":{\"name\":\"resolve\"},\"evaluations\":[" + many + "]}";
        assertThat(evaluator.answer(Evaluator.EVALUATIONS, body.getBytes(UTF_8)).status())
                .isEqualTo(400);
    }

    @Test
    void whatCannotBeRecordedIsANo() {
        recordFails = true;
        assertThat(ask(body("resolve", "host", "plain.example.com", "{}")))
                .startsWith("{\"decision\":false,")
                .contains("\"rule\":\"record-failed\"");
        assertThat(ask(body("delete", "account", "1", "{}"))).startsWith("{\"decision\":false,");
    }

    /** Nothing that is made of a right payload by changing bytes is answered with anything but JSON, and never thrown. */
    @Test
    void randomPayloads() {
        byte[] right = body("connect", "host", "plain.example.com", "{\"port\":443,\"address\":\"93.184.216.34\"}")
                .getBytes(UTF_8);
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            byte[] payload = right.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                payload[random.nextInt(payload.length)] =
                        (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : "{}[]\":,0a".charAt(random.nextInt(9)));
            }
            Evaluator.Reply reply =
                    evaluator.answer(round % 2 == 0 ? Evaluator.EVALUATION : Evaluator.EVALUATIONS, payload);
            assertThat(reply.status()).isIn(200, 400);
            assertThat(reply.json()).startsWith("{");
        }
    }

    private List<Boolean> decisions(String body) {
        String answer =
                evaluator.answer(Evaluator.EVALUATIONS, body.getBytes(UTF_8)).json();
        assertThat(answer).startsWith("{\"evaluations\":[");
        List<Boolean> decisions = new ArrayList<>();
        for (String part : answer.split("\"decision\":", -1)) {
            if (part.startsWith("true") || part.startsWith("false")) {
                decisions.add(part.startsWith("true"));
            }
        }
        return decisions;
    }

    private String ask(String body) {
        Evaluator.Reply reply = evaluator.answer(Evaluator.EVALUATION, body.getBytes(UTF_8));
        assertThat(reply.status()).isEqualTo(200);
        return reply.json();
    }

    private static String subject() {
        return "\"subject\":{\"type\":\"agent\",\"id\":\"fixer\"}";
    }

    private static String resource(String host) {
        return resource(host, "{}");
    }

    private static String resource(String host, String properties) {
        return "{\"resource\":{\"type\":\"host\",\"id\":\"" + host + "\",\"properties\":" + properties + "}}";
    }

    private static String body(String action, String type, String id, String properties) {
        return "{" + subject() + ",\"action\":{\"name\":\"" + action + "\"},\"resource\":{\"type\":\"" + type
                + "\",\"id\":\"" + id + "\",\"properties\":" + properties + "},\"context\":{\"why\":\"test\"}}";
    }
}
