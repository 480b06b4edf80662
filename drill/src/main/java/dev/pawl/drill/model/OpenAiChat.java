package dev.pawl.drill.model;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /v1/chat/completions} as in the OpenAI API reference, "Chat Completions" and its chunk object. */
final class OpenAiChat implements Wire {
    @Override
    public Request read(JsonNode body) {
        List<Tool> tools = new ArrayList<>();
        for (JsonNode tool : body.path("tools")) {
            JsonNode function = tool.path("function");
            tools.add(new Tool(function.path("name").asString(""), function.path("parameters")));
        }
        List<String> results = new ArrayList<>();
        for (JsonNode message : body.path("messages")) {
            if (message.path("role").asString("").equals("tool")) {
                results.add(Wire.text(message.path("content")));
            }
        }
        return new Request(
                body.path("model").asString("scripted"), body.path("stream").asBoolean(false), tools, results);
    }

    @Override
    public ObjectNode whole(String model, Turn turn) {
        ObjectNode answer = envelope(model, "chat.completion");
        ObjectNode choice = answer.putArray("choices").addObject().put("index", 0);
        choice.set("message", message(turn));
        choice.put("finish_reason", reason(turn));
        answer.set("usage", usage());
        return answer;
    }

    @Override
    public String stream(String model, Turn turn) {
        ObjectNode first = envelope(model, "chat.completion.chunk");
        ObjectNode choice = first.putArray("choices").addObject().put("index", 0);
        choice.set("delta", message(turn));
        choice.putNull("finish_reason");
        ObjectNode last = envelope(model, "chat.completion.chunk");
        ObjectNode end = last.putArray("choices").addObject().put("index", 0);
        end.putObject("delta");
        end.put("finish_reason", reason(turn));
        last.set("usage", usage());
        StringBuilder stream = new StringBuilder();
        Wire.event(stream, "", first);
        Wire.event(stream, "", last);
        Wire.event(stream, "", "[DONE]");
        return stream.toString();
    }

    private static ObjectNode envelope(String model, String object) {
        return JSON.createObjectNode()
                .put("id", "chatcmpl-drill")
                .put("object", object)
                .put("created", 0)
                .put("model", model);
    }

    private static ObjectNode message(Turn turn) {
        ObjectNode message = JSON.createObjectNode().put("role", "assistant");
        switch (turn) {
            case Turn.Call call -> {
                message.putNull("content");
                message.putArray("tool_calls")
                        .addObject()
                        .put("index", 0)
                        .put("id", call.id())
                        .put("type", "function")
                        .putObject("function")
                        .put("name", call.tool())
                        .put("arguments", call.arguments().toString());
            }
            case Turn.Say say -> message.put("content", say.text());
        }
        return message;
    }

    private static String reason(Turn turn) {
        return switch (turn) {
            case Turn.Call call -> "tool_calls";
            case Turn.Say say -> "stop";
        };
    }

    private static ObjectNode usage() {
        return JSON.createObjectNode()
                .put("prompt_tokens", 10)
                .put("completion_tokens", 5)
                .put("total_tokens", 15);
    }
}
