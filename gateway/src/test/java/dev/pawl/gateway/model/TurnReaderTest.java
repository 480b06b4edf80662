package dev.pawl.gateway.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TurnReaderTest {
    private static final String CHAT = """
            data: {"id":"c","model":"qwen3-coder","choices":[{"index":0,"delta":{"role":"assistant","content":"he said \\"usage\\": {"},"finish_reason":null}],"usage":null}

            data: {"id":"c","model":"qwen3-coder","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"run","arguments":"{\\"com"}}]},"finish_reason":null}]}

            data: {"id":"c","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"mand\\":\\"ls\\"}"}},{"index":1,"id":"call_2","function":{"name":"read","arguments":"{}"}}]}}]}

            data: {"id":"c","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}

            data: {"id":"c","choices":[],"usage":{"prompt_tokens":900,"completion_tokens":31,"prompt_tokens_details":{"cached_tokens":512}}}

            data: [DONE]

            """;

    private static final String MESSAGES = """
            event: message_start
            data: {"type":"message_start","message":{"model":"claude-sonnet-4-5","usage":{"input_tokens":12,"cache_read_input_tokens":1000,"cache_creation_input_tokens":50,"output_tokens":1}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"tool_use"}}

            event: content_block_start
            data: {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"toolu_1","name":"Bash","input":{}}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\\"command\\":"}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"\\"id\\"}"}}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":44}}

            event: message_stop
            data: {"type":"message_stop"}

            """;

    private static final String RESPONSES = """
            event: response.created
            data: {"type":"response.created","response":{"model":"gpt-5-codex","usage":null}}

            event: response.function_call_arguments.delta
            data: {"type":"response.function_call_arguments.delta","item_id":"fc_1","delta":"{}"}

            event: response.output_item.done
            data: {"type":"response.output_item.done","item":{"type":"function_call","id":"fc_1","call_id":"call_9","name":"exec_command","arguments":"{\\"cmd\\":\\"id\\"}"}}

            event: response.completed
            data: {"type":"response.completed","response":{"model":"gpt-5-codex-2026","output":[{"type":"function_call","call_id":"call_9","name":"exec_command","arguments":"{\\"cmd\\":\\"id\\"}"}],"usage":{"input_tokens":10,"input_tokens_details":{"cached_tokens":4},"output_tokens":7}}}

            """;

    private static final String GENAI = """
            data: {"candidates":[{"content":{"parts":[{"text":"well"}]}}],"usageMetadata":{"promptTokenCount":5},"modelVersion":"gemini-3-pro"}

            data: {"candidates":[{"content":{"parts":[{"functionCall":{"id":"f1","name":"shell","args":{"command":"id"}}}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":5,"candidatesTokenCount":3,"thoughtsTokenCount":20}}

            """;

    private record Example(Wire wire, String body, Usage usage, List<ToolCall> calls, String model) {}

    private static final List<Example> EXAMPLES = List.of(
            new Example(
                    Wire.CHAT,
                    CHAT,
                    new Usage(900, 512, 0, 31),
                    List.of(
                            new ToolCall("call_1", "run", "{\"command\":\"ls\"}"),
                            new ToolCall("call_2", "read", "{}")),
                    "qwen3-coder"),
            new Example(
                    Wire.MESSAGES,
                    MESSAGES,
                    new Usage(1062, 1000, 50, 44),
                    List.of(new ToolCall("toolu_1", "Bash", "{\"command\":\"id\"}")),
                    "claude-sonnet-4-5"),
            new Example(
                    Wire.RESPONSES,
                    RESPONSES,
                    new Usage(10, 4, 0, 7),
                    List.of(new ToolCall("call_9", "exec_command", "{\"cmd\":\"id\"}")),
                    "gpt-5-codex-2026"),
            new Example(
                    Wire.GENAI,
                    GENAI,
                    new Usage(5, 0, 0, 23),
                    List.of(new ToolCall("f1", "shell", "{\"command\":\"id\"}")),
                    "gemini-3-pro"));

    @Test
    void readsStreamsOfAllFourWiresInAnySplitAndWithAnyLineEnd() {
        Random random = new Random(7);
        for (Example example : EXAMPLES) {
            for (String end : List.of("\n", "\r\n", "\r")) {
                byte[] bytes = example.body().replace("\n", end).getBytes(StandardCharsets.UTF_8);
                for (int round = 0; round < 60; round++) {
                    TurnReader reader = new TurnReader(example.wire(), "asked", "Text/Event-Stream; charset=utf-8");
                    int at = 0;
                    while (at < bytes.length) {
                        int to = Math.min(bytes.length, at + 1 + random.nextInt(round == 0 ? 1 : 90));
                        reader.feed(bytes, at, to);
                        at = to;
                    }
                    ModelTurn turn = reader.end();
                    assertThat(turn)
                            .isEqualTo(new ModelTurn(
                                    example.wire(),
                                    example.model(),
                                    Optional.of(example.usage()),
                                    example.calls(),
                                    true));
                    assertThat(reader.lost()).isFalse();
                }
            }
        }
    }

    @Test
    void readsAnswersThatCameAtOnce() {
        assertThat(whole(Wire.CHAT, """
                {"model":"m","choices":[{"index":0,"message":{"tool_calls":[{"id":"a","function":{"name":"f","arguments":"{}"}},
                {"id":"b","function":{"name":"g","arguments":"{}"}}]},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":4}}"""))
                .isEqualTo(new ModelTurn(
                        Wire.CHAT,
                        "m",
                        Optional.of(new Usage(3, 0, 0, 4)),
                        List.of(new ToolCall("a", "f", "{}"), new ToolCall("b", "g", "{}")),
                        true));
        assertThat(whole(Wire.MESSAGES, """
                {"type":"message","model":"m","content":[{"type":"text","text":"x"},{"type":"tool_use","id":"t","name":"n",
                "input":{"a":[1]}}],"usage":{"input_tokens":3,"output_tokens":4}}"""))
                .isEqualTo(new ModelTurn(
                        Wire.MESSAGES,
                        "m",
                        Optional.of(new Usage(3, 0, 0, 4)),
                        List.of(new ToolCall("t", "n", "{\"a\":[1]}")),
                        true));
        assertThat(whole(Wire.RESPONSES, """
                {"model":"m","output":[{"type":"custom_tool_call","call_id":"c","name":"apply_patch","input":"*** Begin"},
                {"type":"local_shell_call","call_id":"d","action":{"command":["id"]}}],"usage":{"input_tokens":1,"output_tokens":2}}""").calls())
                .containsExactly(
                        new ToolCall("c", "apply_patch", "*** Begin"),
                        new ToolCall("d", "local_shell_call", "{\"command\":[\"id\"]}"));
        assertThat(whole(Wire.GENAI, """
                [{"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","args":{}}}]}}]},
                {"usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":2}}]"""))
                .isEqualTo(new ModelTurn(
                        Wire.GENAI,
                        "asked",
                        Optional.of(new Usage(1, 0, 0, 2)),
                        List.of(new ToolCall("", "f", "{}")),
                        true));
    }

    @Test
    void whatCannotBeReadIsUnknown() {
        for (Wire wire : Wire.values()) {
            for (String body :
                    List.of("", "no", "[]", "{}", "7", "{\"usage\":7,\"output\":7,\"content\":\"x\",\"choices\":{}}")) {
                ModelTurn turn = whole(wire, body);
                assertThat(turn.usage()).isEmpty();
                assertThat(turn.calls()).isEmpty();
                assertThat(turn.model()).isEqualTo("asked");
            }
        }
        TurnReader reader = new TurnReader(Wire.CHAT, "asked", "text/event-stream");
        byte[] half = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"st".getBytes(StandardCharsets.UTF_8);
        reader.feed(half, 0, half.length);
        assertThat(reader.end().finished()).isFalse();
        assertThat(reader.lost()).isTrue();
    }

    @Test
    void keepsLittleOfAnAnswerWithoutEnd() {
        for (String prefix : List.of("data: {\"usage\":\"", "data: x\ndata: x\n", "x")) {
            TurnReader reader = new TurnReader(Wire.CHAT, "asked", "text/event-stream");
            byte[] part = prefix.repeat(4096).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 1100; i++) {
                reader.feed(part, 0, part.length);
            }
            byte[] after = ("\n\n" + CHAT).getBytes(StandardCharsets.UTF_8);
            reader.feed(after, 0, after.length);
            assertThat(reader.lost()).isTrue();
            assertThat(reader.end().usage()).contains(new Usage(900, 512, 0, 31));
        }
    }

    @Test
    void survivesAnyBytes() {
        Random random = new Random(11);
        for (int round = 0; round < 4_000; round++) {
            Example example = EXAMPLES.get(round % EXAMPLES.size());
            byte[] bytes = example.body().getBytes(StandardCharsets.UTF_8);
            for (int change = random.nextInt(12); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            TurnReader reader = new TurnReader(
                    example.wire(), "asked", random.nextBoolean() ? "text/event-stream" : "application/json");
            reader.feed(bytes, 0, bytes.length);
            assertThat(reader.end().calls()).hasSizeLessThanOrEqualTo(ToolCall.MOST);
        }
    }

    private static ModelTurn whole(Wire wire, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        TurnReader reader = new TurnReader(wire, "asked", "application/json");
        reader.feed(bytes, 0, bytes.length);
        return reader.end();
    }
}
