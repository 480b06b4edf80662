package dev.pawl.drill.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ScriptedModelTest {
    private static final String CHAT_TOOLS = """
            "tools":[{"type":"function","function":{"name":"run_shell_command","parameters":{"type":"object",
            "properties":{"command":{"type":"string"},"is_background":{"type":"boolean"}}}}}]""";

    private final HttpClient client = HttpClient.newHttpClient();
    private final ScriptedModel model = start();

    private static ScriptedModel start() {
        try {
            return ScriptedModel.start(List.of("echo one", "echo two"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @AfterEach
    void stop() {
        model.close();
        client.close();
    }

    @Test
    void chatPlaysTheScriptByTheNumberOfResults() throws Exception {
        JsonNode first = json("/v1/chat/completions", "{\"messages\":[]," + CHAT_TOOLS + "}");
        JsonNode call =
                first.path("choices").path(0).path("message").path("tool_calls").path(0);
        assertThat(call.path("function").path("name").asString()).isEqualTo("run_shell_command");
        assertThat(call.path("function").path("arguments").asString())
                .isEqualTo("{\"command\":\"echo one\",\"is_background\":false}");
        JsonNode last = json(
                "/v1/chat/completions",
                "{\"messages\":[{\"role\":\"tool\",\"content\":\"one\"},{\"role\":\"tool\",\"content\":\"two\"}],"
                        + CHAT_TOOLS + "}");
        assertThat(last.path("choices").path(0).path("message").path("content").asString())
                .isEqualTo(ScriptedModel.LAST_WORDS);
        assertThat(model.toolResults()).containsExactly("one", "two");
        assertThat(model.requests()).isEqualTo(2);
        assertThat(model.told()).startsWith("tool", "one", "tool", "two", "function", "run_shell_command");
    }

    @Test
    void responsesStreamsTheCall() throws Exception {
        String stream = post("/v1/responses", """
                {"stream":true,"input":[{"type":"function_call_output","call_id":"call_0","output":"one"}],
                "tools":[{"type":"web_search"},{"type":"function","name":"exec_command","parameters":
                {"properties":{"cmd":{"type":"string"},"yield_time_ms":{"type":"number"}}}}]}""").body();
        List<String> events =
                stream.lines().filter(line -> line.startsWith("event: ")).toList();
        assertThat(events)
                .containsExactly(
                        "event: response.created",
                        "event: response.output_item.added",
                        "event: response.output_item.done",
                        "event: response.completed");
        assertThat(stream).contains("{\\\"cmd\\\":\\\"echo two\\\",\\\"yield_time_ms\\\":30000}");
    }

    @Test
    void messagesStreamsTheCallAndTakesAQuery() throws Exception {
        String stream = post("/v1/messages?beta=true", """
                {"stream":true,"messages":[{"role":"user","content":"go"}],"tools":[{"name":"Bash",
                "input_schema":{"properties":{"command":{"type":"string"},"description":{"type":"string"}}}}]}""").body();
        assertThat(stream)
                .contains("event: message_start")
                .contains("\"name\":\"Bash\"")
                .contains("echo one");
        assertThat(stream.strip()).endsWith("{\"type\":\"message_stop\"}");
    }

    @Test
    void takesAListOfCommandsAndTheToolThatEnds() throws Exception {
        String tools = """
                "tools":[{"type":"function","function":{"name":"run_commands","parameters":{"properties":
                {"commands":{"type":"array"}}}}},{"type":"function","function":{"name":"submit_and_exit",
                "parameters":{"properties":{"verified":{"type":"boolean"}},"required":["verified"]}}}]""";
        assertThat(post("/v1/chat/completions", "{\"messages\":[]," + tools + "}")
                        .body())
                .contains("{\\\"commands\\\":[\\\"echo one\\\"]}");
        assertThat(post(
                                "/v1/chat/completions",
                                "{\"messages\":[{\"role\":\"tool\"},{\"role\":\"tool\"}]," + tools + "}")
                        .body())
                .contains("submit_and_exit")
                .contains("\\\"verified\\\":true");
    }

    @Test
    void sideRequestsGetAText() throws Exception {
        assertThat(json("/v1/messages", "{\"messages\":[]}")
                        .path("content")
                        .path(0)
                        .path("text")
                        .asString())
                .isNotEmpty();
        assertThat(post("/v1/messages/count_tokens", "{}").body()).isEqualTo("{\"input_tokens\":10}");
        HttpResponse<String> models =
                client.send(request("/v1/models").GET().build(), HttpResponse.BodyHandlers.ofString());
        assertThat(Wire.JSON
                        .readTree(models.body())
                        .path("data")
                        .path(0)
                        .path("id")
                        .asString())
                .isEqualTo("scripted");
    }

    @Test
    void refusesWhatItDoesNotKnow() throws Exception {
        assertThat(post("/v1/other", "{}").statusCode()).isEqualTo(404);
        assertThat(post("/v1/responses", "{").statusCode()).isEqualTo(400);
        assertThat(post("/v1/responses", "x".repeat(ScriptedModel.MAX_REQUEST_BYTES + 1))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void readsAnyJsonWithoutThrowing() {
        Random random = new Random(7);
        String good = "{\"messages\":[{\"role\":\"tool\",\"content\":[{\"type\":\"tool_result\",\"content\":\"a\"}]}],"
                + "\"input\":[{\"type\":\"x_call_output\",\"output\":[{\"text\":\"b\"}]}],\"stream\":true," + CHAT_TOOLS
                + "}";
        List<String> values = List.of("null", "1", "[]", "{}", "\"s\"", "[[]]", "true");
        List<Wire> wires = List.of(new OpenAiChat(), new OpenAiResponses(), new AnthropicMessages());
        int parsed = 0;
        for (int round = 0; round < 3_000; round++) {
            int from = random.nextInt(good.length());
            int to = Math.min(good.length(), from + random.nextInt(20));
            String text = good.substring(0, from) + values.get(random.nextInt(values.size())) + good.substring(to);
            JsonNode body;
            try {
                body = Wire.JSON.readTree(text);
            } catch (tools.jackson.core.JacksonException e) {
                continue;
            }
            parsed++;
            for (Wire wire : wires) {
                Wire.Request request = wire.read(body);
                ShellTool.run("id", request.tools(), "true");
                assertThat(ShellTool.end("id", request.tools(), "end")).isNotNull();
            }
        }
        assertThat(parsed).isGreaterThan(50);
    }

    private JsonNode json(String path, String body) throws Exception {
        return Wire.JSON.readTree(post(path, body).body());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return client.send(
                request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + model.port() + path))
                .timeout(Duration.ofSeconds(10));
    }
}
