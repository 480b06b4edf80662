package dev.pawl.gateway.mcp;

/**
 * The id of a request.
 *
 * @param key equal for equal ids only: a text and a number are never the same, whatever some readers make of them
 * @param json as it was sent
 */
record Id(String key, String json) {
    static Id of(String text, String json) {
        return new Id("s" + text, json);
    }

    static Id of(long number, String json) {
        return new Id("n" + number, json);
    }
}
