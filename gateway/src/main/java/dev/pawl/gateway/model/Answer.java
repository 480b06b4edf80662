package dev.pawl.gateway.model;

import tools.jackson.databind.JsonNode;

/** Reads one provider's answers into a draft. */
interface Answer {
    /** One event of a stream. */
    void event(JsonNode data, Draft draft);

    /** An answer that came at once. */
    void whole(JsonNode body, Draft draft);

    /** Texts of JSON one of which every event that matters has: as a value, or as the name of what is not null. */
    String[] marks();

    static Answer of(Wire wire) {
        return switch (wire) {
            case RESPONSES -> new ResponsesAnswer();
            case CHAT -> new ChatAnswer();
            case MESSAGES -> new MessagesAnswer();
            case GENAI -> new GenAiAnswer();
        };
    }

    /** More tokens than any answer has: sums and prices of so many stay numbers. */
    long MOST = 1L << 40;

    /** A count that is missing is nothing; what is below nothing too. */
    static long count(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() ? Math.clamp(node.asLong(), 0, MOST) : 0;
    }
}
