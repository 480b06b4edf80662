package dev.pawl.gateway.mcp;

import dev.pawl.core.Decision;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Answers in a server's place: one line of JSON of nothing but ASCII, without a line feed. */
final class Replies {
    /** Of JSON-RPC, free for servers (section 5.1 of JSON-RPC 2.0), and none that the protocol names. */
    private static final int DENIED = -32_050;

    private static final int INVALID = -32_600;
    private static final int MOST_TEXT = 2_000;

    /** Results say from 2026-07-28 on what kind they are; a request of that kind says its version itself. */
    private static final String STATELESS = "\"io.modelcontextprotocol/protocolVersion\"";

    private Replies() {}

    /** What the model reads of a denial. */
    static String words(String tool, String server, Decision denial, String next, String event) {
        return "Pawl denied " + tool + " of " + server + ": "
                + denial.because().replaceFirst("\\.$", "") + " (rule " + denial.rule()
                + (denial.boundary() == null ? "" : ", boundary " + denial.boundary()) + "). Next: " + next
                + (event.isEmpty() ? "" : " Event " + event + ".");
    }

    /** A refused request: of a tool as its result, so that it reaches the model; of anything else as an error. */
    static byte[] refused(Message.Request request, String words) {
        if (!Calls.isTool(request)) {
            return error(Optional.of(request.id()), DENIED, words);
        }
        boolean stateless = request.params().json().contains(STATELESS);
        return ascii("{\"jsonrpc\":\"2.0\",\"id\":" + escaped(request.id().json()) + ",\"result\":{"
                + (stateless ? "\"resultType\":\"complete\"," : "")
                + "\"content\":[{\"type\":\"text\",\"text\":" + quoted(words) + "}],\"isError\":true}}");
    }

    /** Of what is no message. */
    static byte[] unreadable(Optional<Id> id, String reason) {
        return error(id, INVALID, "Pawl did not forward this message: " + reason + ".");
    }

    private static byte[] error(Optional<Id> id, int code, String message) {
        return ascii("{\"jsonrpc\":\"2.0\",\"id\":"
                + id.map(known -> escaped(known.json())).orElse("null") + ",\"error\":{\"code\":" + code
                + ",\"message\":" + quoted(message) + "}}");
    }

    private static byte[] ascii(String json) {
        return json.getBytes(StandardCharsets.US_ASCII);
    }

    private static String quoted(String text) {
        String cut = text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) + "…" : text;
        return escaped("\"" + cut.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
    }

    /** JSON with everything escaped that is no printable ASCII. */
    private static String escaped(String json) {
        StringBuilder text = new StringBuilder(json.length() + 16);
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c >= ' ' && c < 0x7f) {
                text.append(c);
            } else if (Character.isSurrogate(c) && !paired(json, i)) {
                text.append("\\ufffd");
            } else {
                text.append(String.format("\\u%04x", (int) c));
            }
        }
        return text.toString();
    }

    private static boolean paired(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
                : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }
}
