package dev.pawl.gateway.mcp;

import dev.pawl.gateway.mcp.Message.Arguments;
import dev.pawl.gateway.mcp.Message.Listed;
import dev.pawl.gateway.mcp.Message.Params;
import dev.pawl.gateway.mcp.Message.Result;
import dev.pawl.gateway.mcp.Message.Unreadable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one message. What two readers could take for different things is no message: a name that stands twice at any depth,
 * or once more in other letters' case (Go reads those as one), a batch, a second value, bytes that are no UTF-8, a half of a
 * surrogate pair, a carriage return inside (some servers end a line there). Used once, by one thread.
 */
final class MessageReader {
    private static final int DEPTH = 128;
    private static final int MOST_MEMBERS = 256;
    private static final long SAFE = (1L << 53) - 1;
    private static final int LONGEST_ID = 256;

    private static final Set<String> TOP = Set.of("jsonrpc", "id", "method", "params", "result", "error");
    private static final Set<String> CALL = Set.of("name", "arguments", "_meta");

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH)
                    .maxStringLength(64 << 20)
                    .maxNameLength(4096)
                    .build())
            .build();

    /** Says why something is no message. */
    private static final class Ambiguous extends Exception {
        private static final long serialVersionUID = 1;

        Ambiguous(String reason) {
            super(reason, null, false, false);
        }
    }

    private final String text;
    private @Nullable Id id;
    private @Nullable String version;
    private @Nullable String method;
    private Params params = Params.NONE;
    private @Nullable Result result;

    private MessageReader(String text) {
        this.text = text;
    }

    /** Reads a message without its line feed. Never throws. */
    static Message read(byte[] bytes, int from, int to) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            return new Unreadable(Optional.empty(), "it is no UTF-8");
        }
        return read(text);
    }

    /** The same of a text. */
    static Message read(String text) {
        MessageReader reader = new MessageReader(text);
        try {
            return reader.message();
        } catch (Ambiguous e) {
            return new Unreadable(Optional.ofNullable(reader.id), String.valueOf(e.getMessage()));
        } catch (JacksonException e) {
            return new Unreadable(Optional.ofNullable(reader.id), "it is no JSON that can be read in one way only");
        }
    }

    private Message message() throws Ambiguous {
        int end = text.endsWith("\r") ? text.length() - 1 : text.length();
        if (text.lastIndexOf('\r', end - 1) >= 0) {
            throw new Ambiguous("it has a carriage return inside, where some servers end a line");
        }
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new Ambiguous("it is no JSON object; batches are not spoken");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = name(parser, TOP);
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "jsonrpc" -> version = value == JsonToken.VALUE_STRING ? parser.getString() : "";
                    case "id" -> id = id(parser, value);
                    case "method" -> method = method(parser, value);
                    case "params" -> params = params(parser, value);
                    case "result" -> result = joined(result(parser, value));
                    case "error" -> result = joined(error(parser, value));
                    default -> skip(parser);
                }
            }
            if (parser.nextToken() != null) {
                throw new Ambiguous("it is more than one JSON value");
            }
        }
        return whole();
    }

    private Message whole() throws Ambiguous {
        if (!"2.0".equals(version)) {
            throw new Ambiguous("it does not say jsonrpc 2.0");
        }
        if (method != null && result == null) {
            if (id != null) {
                return new Message.Request(id, method, params);
            }
            if (!method.startsWith("notifications/")) {
                throw new Ambiguous("it asks for " + shown(method) + " and has no id");
            }
            return new Message.Notification(method, params);
        }
        if (method == null && result != null && id != null) {
            return new Message.Answer(id, result);
        }
        throw new Ambiguous("it is neither a request nor an answer");
    }

    private Result joined(Result next) throws Ambiguous {
        if (result != null) {
            throw new Ambiguous("it has a result and an error");
        }
        return next;
    }

    private static String method(JsonParser parser, JsonToken value) throws Ambiguous {
        if (value != JsonToken.VALUE_STRING) {
            throw new Ambiguous("its method is no text");
        }
        String method = whole(parser.getString());
        if (method.length() > LONGEST_ID) {
            throw new Ambiguous("its method is longer than " + LONGEST_ID + " characters");
        }
        return method;
    }

    private Id id(JsonParser parser, JsonToken value) throws Ambiguous {
        int from = start(parser);
        if (value == JsonToken.VALUE_STRING && parser.getString().length() <= LONGEST_ID) {
            String said = whole(parser.getString());
            return Id.of(said, text.substring(from, end(parser)));
        }
        if (value == JsonToken.VALUE_NUMBER_INT) {
            String digits = parser.getString();
            long number = digits.length() > 17 ? Long.MAX_VALUE : Long.parseLong(digits);
            if (Math.abs(number) <= SAFE && !digits.equals("-0")) {
                return Id.of(number, digits);
            }
        }
        throw new Ambiguous("its id is neither a text of at most " + LONGEST_ID + " characters nor a whole number");
    }

    private Params params(JsonParser parser, JsonToken value) throws Ambiguous {
        if (value != JsonToken.START_OBJECT) {
            throw new Ambiguous("its params are no object");
        }
        int from = start(parser);
        Map<String, String> named = new HashMap<>();
        Optional<String> name = Optional.empty();
        Arguments call = Arguments.NONE;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String member = name(parser, CALL);
            JsonToken token = parser.nextToken();
            if (member.equals("_meta")) {
                skip(parser);
            } else if (member.equals("arguments") && token == JsonToken.START_OBJECT) {
                call = arguments(parser);
                put(named, member, call.json());
            } else {
                String said = value(parser, token);
                put(named, member, said);
                if (member.equals("name") && token == JsonToken.VALUE_STRING) {
                    name = Optional.of(said);
                } else if (member.equals("arguments")) {
                    call = new Arguments(said, Map.of(), false);
                }
            }
        }
        return new Params(text.substring(from, end(parser)), named, name, call);
    }

    private Arguments arguments(JsonParser parser) throws Ambiguous {
        int from = start(parser);
        Map<String, String> named = new HashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = name(parser, Set.of());
            put(named, name, value(parser, parser.nextToken()));
        }
        return new Arguments(text.substring(from, end(parser)), named, true);
    }

    private static void put(Map<String, String> named, String name, String value) throws Ambiguous {
        named.put(name, value);
        if (named.size() > MOST_MEMBERS) {
            throw new Ambiguous("it has more than " + MOST_MEMBERS + " arguments");
        }
    }

    /** A text as it is, anything else as it stands there. */
    private String value(JsonParser parser, JsonToken token) throws Ambiguous {
        if (token == JsonToken.VALUE_STRING) {
            return whole(parser.getString());
        }
        int from = start(parser);
        skip(parser);
        return text.substring(from, end(parser));
    }

    private Result result(JsonParser parser, JsonToken value) throws Ambiguous {
        boolean failed = false;
        List<Listed> tools = new ArrayList<>();
        if (value == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = name(parser, Set.of("tools"));
                JsonToken token = parser.nextToken();
                if (name.equals("isError")) {
                    failed = token == JsonToken.VALUE_TRUE;
                }
                if (name.equals("tools") && token == JsonToken.START_ARRAY) {
                    tools(parser, tools);
                } else {
                    skip(parser);
                }
            }
        }
        return new Result(Optional.empty(), failed, List.copyOf(tools));
    }

    private void tools(JsonParser parser, List<Listed> into) throws Ambiguous {
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            int from = start(parser);
            Optional<String> name = Optional.empty();
            if (token != JsonToken.START_OBJECT) {
                throw new Ambiguous("it lists a tool that is no object");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String member = name(parser, Set.of("name"));
                String said = value(parser, parser.nextToken());
                name = member.equals("name") ? Optional.of(said) : name;
            }
            int to = end(parser);
            String tool = name.orElseThrow(() -> new Ambiguous("it lists a tool without a name"));
            into.add(new Listed(tool, from, to, text.substring(from, to)));
        }
    }

    private static Result error(JsonParser parser, JsonToken value) throws Ambiguous {
        String code = "";
        if (value == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean wanted = parser.currentName().equals("code");
                if (parser.nextToken() == JsonToken.VALUE_NUMBER_INT && wanted) {
                    code = parser.getString();
                }
                skip(parser);
            }
        }
        return new Result(Optional.of(code.length() > 20 ? "" : code), true, List.of());
    }

    /** The name at this token; refused where it is one of these in other letters. */
    private static String name(JsonParser parser, Set<String> known) throws Ambiguous {
        String name = whole(parser.currentName());
        if (!known.contains(name)) {
            for (String other : known) {
                if (name.equalsIgnoreCase(other)) {
                    throw new Ambiguous("it says " + other + " in letters that some servers take for the same");
                }
            }
        }
        return name;
    }

    /** Half a surrogate pair is read as this by one and as that by another. */
    private static String whole(String said) throws Ambiguous {
        for (int i = 0; i < said.length(); i++) {
            if (Character.isSurrogate(said.charAt(i))) {
                boolean pair = Character.isHighSurrogate(said.charAt(i))
                        && i + 1 < said.length()
                        && Character.isLowSurrogate(said.charAt(i + 1));
                if (!pair) {
                    throw new Ambiguous("it holds half a character");
                }
                i++;
            }
        }
        return said;
    }

    private static void skip(JsonParser parser) {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            var _ = parser.getStringLength();
        }
        parser.skipChildren();
    }

    private static int start(JsonParser parser) {
        return (int) parser.currentTokenLocation().getCharOffset();
    }

    private static int end(JsonParser parser) {
        return (int) parser.currentLocation().getCharOffset();
    }

    private static String shown(String method) {
        return method.toLowerCase(Locale.ROOT).matches("[a-z/_]{1,64}") ? method : "something";
    }
}
