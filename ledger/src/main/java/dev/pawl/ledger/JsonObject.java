package dev.pawl.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * One parsed JSON object: at most {@value #MAX_BYTES} bytes, {@value #MAX_DEPTH} levels, no member twice. Members that
 * are null count as absent. Immutable.
 */
public final class JsonObject {
    /** The longest text that is read. */
    public static final int MAX_BYTES = 1 << 20;

    /** An object without members. */
    public static final JsonObject EMPTY = new JsonObject(Map.of());

    static final int MAX_DEPTH = 16;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_BYTES)
                    .maxNameLength(256)
                    .build())
            .build();

    private final Map<String, Object> members;

    private JsonObject(Map<String, Object> members) {
        this.members = members;
    }

    /** What a text turned out to be. */
    public sealed interface Parsed {}

    /** The text is one object. */
    public record Whole(JsonObject object) implements Parsed {}

    /** The text is anything else. */
    public record Malformed(String reason) implements Parsed {}

    /** Parses UTF-8 bytes. Never throws. */
    public static Parsed parse(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            return new Malformed("longer than " + MAX_BYTES + " bytes");
        }
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return new Malformed("not a JSON object");
            }
            JsonObject object = object(parser);
            return parser.nextToken() == null ? new Whole(object) : new Malformed("more than one JSON object");
        } catch (JacksonException e) {
            return new Malformed("not JSON: " + e.getOriginalMessage());
        } catch (JsonFault e) {
            return new Malformed(String.valueOf(e.getMessage()));
        }
    }

    /** Whether there is a member of this name. */
    public boolean has(String name) {
        return members.containsKey(name);
    }

    /**
     * A text member.
     *
     * @throws JsonFault if it is absent or no text
     */
    public String text(String name) {
        return optionalText(name).orElseThrow(() -> absent(name));
    }

    /**
     * A text member that may be absent.
     *
     * @throws JsonFault if it is there but no text
     */
    public Optional<String> optionalText(String name) {
        return member(name, String.class);
    }

    /**
     * A list of texts; empty if absent.
     *
     * @throws JsonFault if it is anything else
     */
    public List<String> texts(String name) {
        return list(name, String.class);
    }

    /**
     * A whole number.
     *
     * @throws JsonFault if it is absent or no whole number of 64 bits
     */
    public long number(String name) {
        return member(name, Long.class).orElseThrow(() -> absent(name));
    }

    /**
     * A whole number of 32 bits.
     *
     * @throws JsonFault if it is absent or anything else
     */
    public int integer(String name) {
        long value = number(name);
        if (value != (int) value) {
            throw new JsonFault(name + " is out of range");
        }
        return (int) value;
    }

    /**
     * A whole number of 32 bits that may be absent.
     *
     * @throws JsonFault if it is there but no whole number of 32 bits
     */
    public Optional<Integer> optionalInteger(String name) {
        return members.containsKey(name) ? Optional.of(integer(name)) : Optional.empty();
    }

    /**
     * A whole number that may be absent.
     *
     * @throws JsonFault if it is there but no whole number of 64 bits
     */
    public Optional<Long> optionalNumber(String name) {
        return member(name, Long.class);
    }

    /** A list of whole numbers of 32 bits; empty if absent. */
    public List<Integer> integers(String name) {
        return list(name, Long.class).stream().map(Long::intValue).toList();
    }

    /** A list of whole numbers; empty if absent. */
    public List<Long> longs(String name) {
        return list(name, Long.class);
    }

    /**
     * A number that may be absent.
     *
     * @throws JsonFault if it is there but no number
     */
    public Optional<Double> decimal(String name) {
        return member(name, Number.class).map(Number::doubleValue);
    }

    /** A list of objects; empty if absent. */
    public List<JsonObject> objects(String name) {
        return list(name, JsonObject.class);
    }

    /** Whether a member is true; false if absent. */
    public boolean flag(String name) {
        return member(name, Boolean.class).orElse(false);
    }

    /**
     * An object member that may be absent.
     *
     * @throws JsonFault if it is there but no object
     */
    public Optional<JsonObject> object(String name) {
        return member(name, JsonObject.class);
    }

    private <T> Optional<T> member(String name, Class<T> type) {
        Object value = members.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            throw new JsonFault(name + " has the wrong type");
        }
        return Optional.of(type.cast(value));
    }

    private <T> List<T> list(String name, Class<T> type) {
        List<?> values = member(name, List.class).orElse(List.of());
        List<T> typed = new ArrayList<>(values.size());
        for (Object value : values) {
            if (!type.isInstance(value)) {
                throw new JsonFault(name + " holds the wrong type");
            }
            typed.add(type.cast(value));
        }
        return List.copyOf(typed);
    }

    private static JsonFault absent(String name) {
        return new JsonFault(name + " is missing");
    }

    private static JsonObject object(JsonParser parser) {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            Optional<Object> value = value(parser, parser.nextToken());
            if (value.isPresent() && members.put(name, value.get()) != null) {
                throw new JsonFault(name + " stands there twice");
            }
        }
        return new JsonObject(members);
    }

    /** The value at this token; empty for null. */
    private static Optional<Object> value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> Optional.of(object(parser));
            case START_ARRAY -> {
                List<Object> values = new ArrayList<>();
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    values.add(value(parser, next).orElseThrow(() -> new JsonFault("a list holds null")));
                }
                yield Optional.of(values);
            }
            case VALUE_STRING -> Optional.of(parser.getString());
            case VALUE_NUMBER_INT -> Optional.of(whole(parser));
            case VALUE_NUMBER_FLOAT -> Optional.of(parser.getDoubleValue());
            case VALUE_TRUE -> Optional.of(true);
            case VALUE_FALSE -> Optional.of(false);
            case VALUE_NULL -> Optional.empty();
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new JsonFault("unexpected " + token);
        };
    }

    private static Object whole(JsonParser parser) {
        return switch (parser.getNumberType()) {
            case INT, LONG -> parser.getLongValue();
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> parser.getDoubleValue();
        };
    }
}
