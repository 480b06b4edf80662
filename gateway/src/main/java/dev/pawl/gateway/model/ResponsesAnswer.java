package dev.pawl.gateway.model;

import tools.jackson.databind.JsonNode;

/** OpenAI Responses: "Streaming events" and "The response object" of its API reference. */
final class ResponsesAnswer implements Answer {
    @Override
    public String[] marks() {
        return new String[] {"response.output_item.done", "usage"};
    }

    @Override
    public void event(JsonNode data, Draft draft) {
        switch (data.path("type").asString("")) {
            case "response.output_item.done" -> item(data.path("item"), draft);
            case "response.completed", "response.incomplete", "response.failed" -> whole(data.path("response"), draft);
            default -> {}
        }
    }

    @Override
    public void whole(JsonNode body, Draft draft) {
        draft.model(body.path("model"));
        body.path("output").forEach(item -> item(item, draft));
        JsonNode usage = body.path("usage");
        if (usage.isObject()) {
            draft.usage(new Usage(
                    Answer.count(usage.path("input_tokens")),
                    Answer.count(usage.path("input_tokens_details").path("cached_tokens")),
                    0,
                    Answer.count(usage.path("output_tokens"))));
        }
        draft.finish();
    }

    /** Calls of functions, of tools that take plain text, and of the built-in shells. */
    private static void item(JsonNode item, Draft draft) {
        String type = item.path("type").asString("");
        JsonNode id = item.has("call_id") ? item.path("call_id") : item.path("id");
        String key = id.asString("");
        switch (type) {
            case "function_call" -> {
                draft.call(key, id, item.path("name"));
                draft.arguments(key, Draft.text(item.path("arguments")));
            }
            case "custom_tool_call" -> {
                draft.call(key, id, item.path("name"));
                draft.arguments(key, Draft.text(item.path("input")));
            }
            case "local_shell_call", "shell_call", "apply_patch_call", "computer_call" -> {
                draft.call(key, id, item.path("type"));
                draft.arguments(key, Draft.text(item.has("action") ? item.path("action") : item.path("operation")));
            }
            default -> {}
        }
        draft.whole(key);
    }
}
