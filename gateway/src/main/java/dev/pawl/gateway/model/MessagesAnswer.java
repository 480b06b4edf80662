package dev.pawl.gateway.model;

import tools.jackson.databind.JsonNode;

/** Anthropic Messages: "Messages" and "Streaming messages" of its API reference. */
final class MessagesAnswer implements Answer {
    @Override
    public String[] marks() {
        return new String[] {
            "message_start", "message_delta", "message_stop", "content_block", "content_block_stop", "input_json_delta"
        };
    }

    @Override
    public void event(JsonNode data, Draft draft) {
        String key = String.valueOf(data.path("index").asInt(0));
        switch (data.path("type").asString("")) {
            case "message_start" -> {
                draft.model(data.path("message").path("model"));
                usage(data.path("message").path("usage"), draft);
            }
            case "content_block_start" -> block(key, data.path("content_block"), draft);
            case "content_block_delta" ->
                draft.more(key, data.path("delta").path("partial_json").asString(""));
            case "content_block_stop" -> draft.whole(key);
            case "message_delta" -> usage(data.path("usage"), draft);
            case "message_stop" -> draft.finish();
            default -> {}
        }
    }

    @Override
    public void whole(JsonNode body, Draft draft) {
        draft.model(body.path("model"));
        int place = 0;
        for (JsonNode block : body.path("content")) {
            block(String.valueOf(place++), block, draft);
        }
        usage(body.path("usage"), draft);
        draft.finish();
    }

    /** A streamed block begins with an empty input, and its parts follow. */
    private static void block(String key, JsonNode block, Draft draft) {
        if (block.path("type").asString("").endsWith("tool_use")) {
            draft.call(key, block.path("id"), block.path("name"));
            if (!block.path("input").isEmpty()) {
                draft.arguments(key, Draft.text(block.path("input")));
            }
        }
    }

    /** Counts are totals so far; what an event leaves out stands. Cached tokens are counted beside the input. */
    private static void usage(JsonNode usage, Draft draft) {
        if (!usage.isObject()) {
            return;
        }
        Usage before = draft.usage();
        long cached = or(usage.path("cache_read_input_tokens"), before.cached());
        long written = or(usage.path("cache_creation_input_tokens"), before.written());
        long plain = or(usage.path("input_tokens"), before.input() - before.cached() - before.written());
        draft.usage(
                new Usage(plain + cached + written, cached, written, or(usage.path("output_tokens"), before.output())));
    }

    private static long or(JsonNode node, long before) {
        return node.isIntegralNumber() ? Answer.count(node) : before;
    }
}
