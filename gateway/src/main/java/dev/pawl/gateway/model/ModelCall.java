package dev.pawl.gateway.model;

import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * What a request asks of a model.
 *
 * @param model empty where the request names none
 * @param outputLimit tokens it allows in the answer, where it says
 * @param bytes of the request
 */
public record ModelCall(Wire wire, String model, OptionalLong outputLimit, long bytes) {
    private static final int NAME = 256;

    /** Most providers count one token for 3 to 4 bytes of English, and hardly ever more than one for each byte. */
    private static final int BYTES_A_TOKEN = 2;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(128)
                    .maxStringLength(64 << 20)
                    .build())
            .build();

    /**
     * Reads a request; what is no JSON object asks for nothing that is known. Never throws.
     *
     * @param path decoded, without query
     */
    public static ModelCall read(Wire wire, String path, byte[] body) {
        String model = wire == Wire.GENAI ? ofPath(path) : "";
        OptionalLong limit = OptionalLong.empty();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = parser.currentName();
                    JsonToken value = parser.nextToken();
                    if (name.equals("model") && value == JsonToken.VALUE_STRING && wire != Wire.GENAI) {
                        String text = parser.getString();
                        model = text.length() > NAME ? text.substring(0, NAME) : text;
                    } else if (limits(name) && value == JsonToken.VALUE_NUMBER_INT) {
                        limit = OptionalLong.of(Math.max(0, parser.getLongValue()));
                    } else if (name.equals("generationConfig") && value == JsonToken.START_OBJECT) {
                        limit = configured(parser).map(OptionalLong::of).orElse(limit);
                    } else if (value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY) {
                        parser.skipChildren();
                    }
                }
            }
        } catch (JacksonException e) {
            // What was read so far stands; the provider will refuse the rest.
        }
        return new ModelCall(wire, model, limit, body.length);
    }

    private static boolean limits(String name) {
        return name.equals("max_tokens") || name.equals("max_output_tokens") || name.equals("max_completion_tokens");
    }

    private static Optional<Long> configured(JsonParser parser) {
        Optional<Long> limit = Optional.empty();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean wanted = parser.currentName().equals("maxOutputTokens");
            JsonToken value = parser.nextToken();
            if (wanted && value == JsonToken.VALUE_NUMBER_INT) {
                limit = Optional.of(Math.max(0, parser.getLongValue()));
            } else if (value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY) {
                parser.skipChildren();
            }
        }
        return limit;
    }

    private static String ofPath(String path) {
        int colon = path.lastIndexOf(':');
        String name = path.substring(path.lastIndexOf("/models/") + "/models/".length(), colon);
        return name.length() > NAME ? name.substring(0, NAME) : name;
    }

    /** Tokens of input that are reserved until the provider has counted: more than it will count of text. */
    public long inputEstimate() {
        return bytes / BYTES_A_TOKEN + 1;
    }
}
