package dev.pawl.gateway.mcp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * What a server says a tool is: name, description, schema and all else.
 *
 * @param json as it was sent
 * @param digest SHA-256 in hex of it with members in order and without blanks, so that the order alone changes nothing
 */
public record Definition(String json, String digest) {
    /** Bytes of one that is held; a longer one is not shown. */
    static final int LONGEST = 1 << 18;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(256).build())
            .build());

    /**
     * Of a JSON object.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Definition of(String json) {
        try {
            StringBuilder text = new StringBuilder(json.length());
            write(JSON.readTree(json), text);
            return new Definition(json, sha256(text.toString()));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("no JSON", e);
        }
    }

    private static void write(JsonNode node, StringBuilder into) {
        if (node.isObject()) {
            Map<String, JsonNode> members = new TreeMap<>();
            node.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
            String before = "{";
            for (Map.Entry<String, JsonNode> member : members.entrySet()) {
                into.append(before)
                        .append(JSON.writeValueAsString(member.getKey()))
                        .append(':');
                write(member.getValue(), into);
                before = ",";
            }
            into.append(members.isEmpty() ? "{}" : "}");
        } else if (node.isArray()) {
            String before = "[";
            for (JsonNode item : node) {
                into.append(before);
                write(item, into);
                before = ",";
            }
            into.append(node.isEmpty() ? "[]" : "]");
        } else {
            into.append(node);
        }
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
