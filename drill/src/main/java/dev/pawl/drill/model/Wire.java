package dev.pawl.drill.model;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One provider's wire format. Implementations hold no state and accept any JSON: what is missing is empty. */
sealed interface Wire permits AnthropicMessages, OpenAiChat, OpenAiResponses {
    JsonMapper JSON = JsonMapper.shared();

    /** A tool the agent offers and the JSON schema of its arguments. */
    record Tool(String name, JsonNode schema) {}

    /**
     * What matters of a request.
     *
     * @param model as the agent named it
     * @param tools tools offered that take JSON arguments
     * @param results what earlier tool calls reported, oldest first
     */
    record Request(String model, boolean stream, List<Tool> tools, List<String> results) {
        public Request {
            tools = List.copyOf(tools);
            results = List.copyOf(results);
        }
    }

    Request read(JsonNode body);

    /** The answer as one JSON object. */
    ObjectNode whole(String model, Turn turn);

    /** The answer as the text of a complete server-sent event stream. */
    String stream(String model, Turn turn);

    /** Appends one server-sent event; {@code name} is left out when empty. */
    static void event(StringBuilder stream, String name, Object data) {
        if (!name.isEmpty()) {
            stream.append("event: ").append(name).append('\n');
        }
        stream.append("data: ").append(data).append("\n\n");
    }

    /** The text of a field that is a string, or a list of parts that carry {@code text}. */
    static String text(JsonNode content) {
        if (content.isString()) {
            return content.stringValue();
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            text.append(part.path("text").asString(""));
        }
        return text.toString();
    }
}
