package dev.pawl.gateway.model;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.async.ByteArrayFeeder;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a request to a model while it passes, in any split, and keeps none of it. What is no JSON object asks for nothing that
 * is known; of a name that stands there twice the last model counts, and the greatest limit. Never throws. Used by one thread
 * at a time.
 */
final class CallReader {
    private static final int NAME = 256;
    private static final int LONGEST = 16 << 20;
    private static final int MOST_CHOICES = 1024;
    /** How much longer than what is packed the text beneath is taken for. */
    private static final int CODED = 8;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(128)
                    .maxStringLength(LONGEST)
                    .build())
            .build();

    private final Wire wire;
    private final JsonParser parser = JSON.createNonBlockingByteArrayParser(ObjectReadContext.empty());
    private final ByteArrayFeeder feeder = (ByteArrayFeeder) parser.nonBlockingInputFeeder();
    private int depth;
    private boolean configuration;
    private final boolean plain;
    private boolean over;
    private String name = "";
    private String model;
    private long limit;
    private long choices = 1;
    private long bytes;

    /**
     * For one request.
     *
     * @param path decoded and without query
     * @param plain whether the body has no coding; nothing is read of one that has
     */
    CallReader(Wire wire, String path, boolean plain) {
        this.wire = wire;
        this.plain = plain;
        this.over = !plain;
        this.model = wire == Wire.GENAI ? named(path) : "";
    }

    private static String named(String path) {
        int from = path.lastIndexOf("/models/") + "/models/".length();
        int colon = path.lastIndexOf(':');
        return colon < from ? "" : cut(path.substring(from, colon));
    }

    private static String cut(String text) {
        return text.length() <= NAME ? text : text.substring(0, NAME);
    }

    /** Takes bytes of the body. */
    void feed(byte[] part, int from, int to) {
        bytes += to - from;
        if (over || from == to) {
            return;
        }
        try {
            feeder.feedInput(part, from, to);
            JsonToken token = parser.nextToken();
            while (token != null && token != JsonToken.NOT_AVAILABLE && !over) {
                take(token);
                token = parser.nextToken();
            }
        } catch (JacksonException e) {
            // What was read so far stands; the provider will refuse the rest.
            over = true;
        }
    }

    private void take(JsonToken token) {
        switch (token) {
            case START_OBJECT, START_ARRAY -> {
                depth++;
                configuration |= depth == 2 && token == JsonToken.START_OBJECT && name.equals("generationConfig");
                over = depth == 1 && token == JsonToken.START_ARRAY;
            }
            case END_OBJECT, END_ARRAY -> {
                depth--;
                configuration &= depth > 1;
                over = depth == 0;
            }
            case PROPERTY_NAME -> name = counts() ? parser.currentName() : name;
            case VALUE_STRING -> {
                if (depth == 1 && name.equals("model") && wire != Wire.GENAI) {
                    model = cut(parser.getString());
                }
            }
            case VALUE_NUMBER_INT -> {
                if (counts()) {
                    number();
                }
            }
            default -> over = depth == 0;
        }
    }

    /** Whether what stands here is a setting of the request. */
    private boolean counts() {
        return depth == 1 || (configuration && depth == 2);
    }

    private void number() {
        switch (name) {
            case "max_tokens", "max_output_tokens", "max_completion_tokens", "maxOutputTokens" ->
                limit = Math.max(limit, value(Integer.MAX_VALUE));
            case "n", "best_of", "candidateCount" -> choices = Math.max(choices, value(MOST_CHOICES));
            default -> {}
        }
    }

    private long value(long most) {
        double value = parser.getDoubleValue();
        return value >= most ? most : Math.max(0, (long) value);
    }

    /** What was asked for, as far as it was read. */
    ModelCall end() {
        return new ModelCall(wire, model, limit * choices, plain ? bytes : bytes * CODED);
    }
}
