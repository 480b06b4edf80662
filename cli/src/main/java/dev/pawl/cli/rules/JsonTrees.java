package dev.pawl.cli.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON objects of any shape, one after the other or in lists, as maps. */
final class JsonTrees {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxStringLength(1 << 20)
                    .build())
            .build();

    private JsonTrees() {}

    /** What a text turned out to be. */
    sealed interface Reading {}

    record Objects(List<Map<String, Object>> objects) implements Reading {}

    record Malformed(String reason, int line) implements Reading {}

    static Reading read(String text) {
        List<Map<String, Object>> objects = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token != JsonToken.START_ARRAY && token != JsonToken.END_ARRAY) {
                    if (token != JsonToken.START_OBJECT) {
                        return new Malformed("an event must be a JSON object", line(parser));
                    }
                    objects.add(object(parser));
                }
            }
            return objects.isEmpty() ? new Malformed("there is no event in this text", 1) : new Objects(objects);
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            return new Malformed("not JSON: " + e.getOriginalMessage(), Math.max(1, line));
        }
    }

    private static int line(JsonParser parser) {
        return Math.max(1, parser.currentTokenLocation().getLineNr());
    }

    private static Map<String, Object> object(JsonParser parser) {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            put(members, name, value(parser, parser.nextToken()));
        }
        return members;
    }

    @SuppressWarnings("NullAway") // a JSON null stands in the map as null, which JsonFields expects
    private static void put(Map<String, Object> members, String name, @Nullable Object value) {
        members.put(name, value);
    }

    private static @Nullable Object value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                List<@Nullable Object> values = new ArrayList<>();
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    values.add(value(parser, next));
                }
                yield values;
            }
            case VALUE_NULL -> null;
            // Numbers as they are written: rules compare them as text.
            default -> parser.getString();
        };
    }
}
