package dev.pawl.gateway.spend;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Reads whole bodies: codings undone, then a form or JSON, each name as often as it stands there. */
final class Bodies {
    /** Bytes of a body that are looked at, packed or not. */
    static final int MOST = 8 << 20;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(128)
                    .maxStringLength(MOST)
                    .build())
            .build();

    private Bodies() {}

    /** The names and values of a body, by what it says it is and by how it looks. */
    static Content read(byte[] sent, String type, List<String> codings) throws Unclear {
        byte[] body = plain(sent, codings);
        Fields fields = new Fields();
        int first = 0;
        while (first < body.length && body[first] <= ' ' && body[first] >= 0) {
            first++;
        }
        boolean json = first < body.length && (body[first] == '{' || body[first] == '[' || body[first] == (byte) 0xef);
        if (first == body.length) {
            return Content.none();
        }
        boolean form = false;
        if (json || (type.contains("json") && !type.contains("urlencoded"))) {
            json(body, fields);
        } else if (type.startsWith("application/x-www-form-urlencoded") || type.isEmpty()) {
            form = true;
            Forms.read(text(body), fields);
        } else if (type.startsWith("application/graphql")) {
            fields.add("query", text(body));
        } else {
            throw new Unclear(
                    "its body is " + (type.startsWith("multipart/") ? "in parts" : "neither a form nor JSON"));
        }
        return new Content(fields, form, Optional.empty());
    }

    private static String text(byte[] body) throws Unclear {
        for (byte b : body) {
            if (b == 0) {
                throw new Unclear("its body is no text of one byte a letter");
            }
        }
        return new String(body, StandardCharsets.UTF_8);
    }

    private static void json(byte[] body, Fields into) throws Unclear {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
            String name = "";
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.PROPERTY_NAME) {
                    name = parser.currentName();
                } else if (token.isScalarValue()) {
                    into.add(name, parser.getString());
                } else if (token.isStructStart()) {
                    into.add(name, "");
                }
            }
        } catch (JacksonException e) {
            throw new Unclear("its body is no JSON");
        }
    }

    /** Without codings; more than one at a time nobody needs. */
    private static byte[] plain(byte[] sent, List<String> codings) throws Unclear {
        if (codings.isEmpty()) {
            return sent;
        }
        String coding = codings.size() == 1 ? codings.getFirst().toLowerCase(Locale.ROOT) : "several codings";
        try {
            return switch (coding) {
                case "gzip", "x-gzip" -> all(new GZIPInputStream(new ByteArrayInputStream(sent)));
                case "deflate" -> all(new InflaterInputStream(new ByteArrayInputStream(sent)));
                case "aws-chunked" -> AwsChunks.joined(sent);
                default -> throw new Unclear("its body is in a coding that nobody reads here (" + coding(coding) + ")");
            };
        } catch (IOException e) {
            throw new Unclear("its body is not in the coding it names");
        }
    }

    private static String coding(String word) {
        return word.matches("[a-z0-9 -]{1,20}") ? word : "unknown";
    }

    private static byte[] all(InputStream in) throws IOException, Unclear {
        try (in) {
            byte[] bytes = in.readNBytes(MOST + 1);
            if (bytes.length > MOST) {
                throw new Unclear("its body unpacks to more than " + MOST + " bytes");
            }
            return bytes;
        }
    }
}
