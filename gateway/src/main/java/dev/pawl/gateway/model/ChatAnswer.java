package dev.pawl.gateway.model;

import tools.jackson.databind.JsonNode;

/** OpenAI Chat Completions: "The chat completion object" and "chunk object" of its API reference. */
final class ChatAnswer implements Answer {
    @Override
    public String[] marks() {
        return new String[] {"usage", "tool_calls", "function_call", "finish_reason"};
    }

    @Override
    public void event(JsonNode data, Draft draft) {
        read(data, "delta", draft);
    }

    @Override
    public void whole(JsonNode body, Draft draft) {
        read(body, "message", draft);
        draft.finish();
    }

    private static void read(JsonNode data, String part, Draft draft) {
        draft.model(data.path("model"));
        for (JsonNode choice : data.path("choices")) {
            String at = choice.path("index").asInt(0) + ".";
            JsonNode said = choice.path(part);
            int place = 0;
            for (JsonNode call : said.path("tool_calls")) {
                call(at + call.path("index").asInt(place++), call.path("id"), call, draft);
            }
            if (said.path("function_call").isObject()) {
                JsonNode older = said.path("function_call");
                draft.call(at + "function", older.path("id"), older.path("name"));
                draft.more(at + "function", Draft.text(older.path("arguments")));
            }
            if (choice.path("finish_reason").isString()) {
                draft.finish();
            }
        }
        JsonNode usage = data.path("usage");
        if (usage.isObject()) {
            draft.usage(new Usage(
                    Answer.count(usage.path("prompt_tokens")),
                    Answer.count(usage.path("prompt_tokens_details").path("cached_tokens")),
                    0,
                    Answer.count(usage.path("completion_tokens"))));
        }
    }

    private static void call(String key, JsonNode id, JsonNode call, Draft draft) {
        JsonNode body = call.has("custom") ? call.path("custom") : call.path("function");
        draft.call(key, id, body.path("name"));
        draft.more(key, Draft.text(body.has("input") ? body.path("input") : body.path("arguments")));
    }
}
