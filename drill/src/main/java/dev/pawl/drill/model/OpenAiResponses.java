package dev.pawl.drill.model;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /v1/responses} as in the OpenAI API reference, "Responses" and "Streaming events". */
final class OpenAiResponses implements Wire {
    @Override
    public Request read(JsonNode body) {
        List<Tool> tools = new ArrayList<>();
        for (JsonNode tool : body.path("tools")) {
            if (tool.path("type").asString("").equals("function")) {
                tools.add(new Tool(tool.path("name").asString(""), tool.path("parameters")));
            }
        }
        List<String> results = new ArrayList<>();
        for (JsonNode item : body.path("input")) {
            if (item.path("type").asString("").endsWith("_call_output")) {
                results.add(Wire.text(item.path("output")));
            }
        }
        return new Request(
                body.path("model").asString("scripted"), body.path("stream").asBoolean(false), tools, results);
    }

    @Override
    public ObjectNode whole(String model, Turn turn) {
        ObjectNode response = envelope(model, "completed");
        response.putArray("output").add(item(turn));
        ObjectNode usage = response.putObject("usage")
                .put("input_tokens", 10)
                .put("output_tokens", 5)
                .put("total_tokens", 15);
        usage.putObject("input_tokens_details").put("cached_tokens", 0);
        usage.putObject("output_tokens_details").put("reasoning_tokens", 0);
        return response;
    }

    @Override
    public String stream(String model, Turn turn) {
        ObjectNode created = JSON.createObjectNode().put("type", "response.created");
        created.putObject("response").setAll(envelope(model, "in_progress"));
        ObjectNode added = JSON.createObjectNode()
                .put("type", "response.output_item.added")
                .put("output_index", 0);
        added.set("item", item(turn));
        ObjectNode done =
                JSON.createObjectNode().put("type", "response.output_item.done").put("output_index", 0);
        done.set("item", item(turn));
        ObjectNode completed = JSON.createObjectNode().put("type", "response.completed");
        completed.set("response", whole(model, turn));
        StringBuilder stream = new StringBuilder();
        for (ObjectNode event : List.of(created, added, done, completed)) {
            Wire.event(stream, event.path("type").asString(""), event);
        }
        return stream.toString();
    }

    private static ObjectNode envelope(String model, String status) {
        ObjectNode response = JSON.createObjectNode()
                .put("id", "resp_drill")
                .put("object", "response")
                .put("created_at", 0)
                .put("status", status)
                .put("model", model);
        response.putArray("output");
        return response;
    }

    private static ObjectNode item(Turn turn) {
        ObjectNode item = JSON.createObjectNode();
        switch (turn) {
            case Turn.Call call ->
                item.put("type", "function_call")
                        .put("id", "fc_" + call.id())
                        .put("call_id", call.id())
                        .put("name", call.tool())
                        .put("arguments", call.arguments().toString())
                        .put("status", "completed");
            case Turn.Say say -> {
                item.put("type", "message")
                        .put("id", "msg_drill")
                        .put("role", "assistant")
                        .put("status", "completed");
                item.putArray("content")
                        .addObject()
                        .put("type", "output_text")
                        .put("text", say.text())
                        .putArray("annotations");
            }
        }
        return item;
    }
}
