package dev.pawl.gateway.model;

import tools.jackson.databind.JsonNode;

/** Google GenAI: "GenerateContentResponse" of its API reference. Streamed, each event is one; without SSE they are one array. */
final class GenAiAnswer implements Answer {
    private int calls;

    @Override
    public String[] marks() {
        return new String[] {"functionCall", "usageMetadata", "finishReason"};
    }

    @Override
    public void event(JsonNode data, Draft draft) {
        draft.model(data.path("modelVersion"));
        for (JsonNode candidate : data.path("candidates")) {
            for (JsonNode part : candidate.path("content").path("parts")) {
                JsonNode call = part.path("functionCall");
                if (call.isObject()) {
                    String key = String.valueOf(calls++);
                    draft.call(key, call.path("id"), call.path("name"));
                    draft.arguments(key, Draft.text(call.path("args")));
                    draft.whole(key);
                }
            }
            if (candidate.path("finishReason").isString()) {
                draft.finish();
            }
        }
        JsonNode usage = data.path("usageMetadata");
        if (usage.isObject()) {
            draft.usage(new Usage(
                    Answer.count(usage.path("promptTokenCount")) + Answer.count(usage.path("toolUsePromptTokenCount")),
                    Answer.count(usage.path("cachedContentTokenCount")),
                    0,
                    Answer.count(usage.path("candidatesTokenCount")) + Answer.count(usage.path("thoughtsTokenCount"))));
        }
    }

    @Override
    public void whole(JsonNode body, Draft draft) {
        if (body.isArray()) {
            body.forEach(each -> event(each, draft));
        } else {
            event(body, draft);
        }
        draft.finish();
    }
}
