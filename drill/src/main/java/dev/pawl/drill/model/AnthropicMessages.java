package dev.pawl.drill.model;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /v1/messages} as in the Anthropic API reference, "Messages" and "Streaming messages". */
final class AnthropicMessages implements Wire {
    @Override
    public Request read(JsonNode body) {
        List<Tool> tools = new ArrayList<>();
        for (JsonNode tool : body.path("tools")) {
            tools.add(new Tool(tool.path("name").asString(""), tool.path("input_schema")));
        }
        List<String> results = new ArrayList<>();
        for (JsonNode message : body.path("messages")) {
            for (JsonNode part : message.path("content")) {
                if (part.path("type").asString("").equals("tool_result")) {
                    results.add(Wire.text(part.path("content")));
                }
            }
        }
        return new Request(
                body.path("model").asString("scripted"), body.path("stream").asBoolean(false), tools, results);
    }

    @Override
    public ObjectNode whole(String model, Turn turn) {
        ObjectNode message = envelope(model);
        ObjectNode block = block(turn);
        switch (turn) {
            case Turn.Call call -> block.set("input", call.arguments());
            case Turn.Say say -> block.put("text", say.text());
        }
        message.putArray("content").add(block);
        message.put("stop_reason", reason(turn));
        return message;
    }

    @Override
    public String stream(String model, Turn turn) {
        ObjectNode start = typed("message_start");
        start.set("message", envelope(model));
        ObjectNode open = typed("content_block_start").put("index", 0);
        open.set("content_block", block(turn));
        ObjectNode part = typed("content_block_delta").put("index", 0);
        ObjectNode delta = part.putObject("delta");
        switch (turn) {
            case Turn.Call call ->
                delta.put("type", "input_json_delta")
                        .put("partial_json", call.arguments().toString());
            case Turn.Say say -> delta.put("type", "text_delta").put("text", say.text());
        }
        ObjectNode close = typed("content_block_stop").put("index", 0);
        ObjectNode end = typed("message_delta");
        end.putObject("delta").put("stop_reason", reason(turn)).putNull("stop_sequence");
        end.putObject("usage").put("output_tokens", 5);
        StringBuilder stream = new StringBuilder();
        for (ObjectNode event : List.of(start, open, part, close, end, typed("message_stop"))) {
            Wire.event(stream, event.path("type").asString(""), event);
        }
        return stream.toString();
    }

    private static ObjectNode typed(String type) {
        return JSON.createObjectNode().put("type", type);
    }

    private static ObjectNode envelope(String model) {
        ObjectNode message = typed("message")
                .put("id", "msg_drill")
                .put("role", "assistant")
                .put("model", model)
                .putNull("stop_reason")
                .putNull("stop_sequence");
        message.putArray("content");
        message.putObject("usage").put("input_tokens", 10).put("output_tokens", 5);
        return message;
    }

    /** The content block with its value still empty, as a stream opens it. */
    private static ObjectNode block(Turn turn) {
        return switch (turn) {
            case Turn.Call call -> {
                ObjectNode block = typed("tool_use").put("id", call.id()).put("name", call.tool());
                block.putObject("input");
                yield block;
            }
            case Turn.Say say -> typed("text").put("text", "");
        };
    }

    private static String reason(Turn turn) {
        return switch (turn) {
            case Turn.Call call -> "tool_use";
            case Turn.Say say -> "end_turn";
        };
    }
}
