package dev.pawl.server.calls;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * What a tool call says: every text among its arguments, and every list of texts as a command line. Immutable.
 *
 * @param texts those that are not empty
 * @param lines lists of texts
 */
record CallText(List<String> texts, List<List<String>> lines) {
    private static final int MOST = 256;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(32).build())
            .build();

    CallText {
        texts = List.copyOf(texts);
        lines = lines.stream().map(List::copyOf).toList();
    }

    /** Reads arguments; what is no JSON is one text. Never throws. */
    static CallText of(String arguments) {
        List<String> texts = new ArrayList<>();
        List<List<String>> lines = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), arguments)) {
            List<String> line = List.of();
            for (JsonToken token = parser.nextToken();
                    token != null && texts.size() < MOST;
                    token = parser.nextToken()) {
                if (token == JsonToken.START_ARRAY) {
                    line = new ArrayList<>();
                } else if (token == JsonToken.VALUE_STRING) {
                    String text = parser.getString();
                    if (!text.isBlank()) {
                        texts.add(text);
                    }
                    if (parser.streamReadContext().inArray() && line instanceof ArrayList<String> open) {
                        open.add(text);
                    }
                } else if (token == JsonToken.END_ARRAY && !line.isEmpty()) {
                    lines.add(line);
                    line = List.of();
                }
            }
        } catch (JacksonException e) {
            if (texts.isEmpty() && !arguments.isBlank()) {
                texts.add(arguments);
            }
        }
        return new CallText(texts, lines);
    }

    /** Bodies of here-documents in the texts, as the command that reads one gets them: {@code <<END}, lines, {@code END}. */
    List<String> documents() {
        List<String> documents = new ArrayList<>();
        for (String text : texts) {
            for (int at = text.indexOf("<<"); at >= 0 && documents.size() < MOST; at = text.indexOf("<<", at + 2)) {
                document(text, at + 2, documents);
            }
        }
        return documents;
    }

    private static void document(String text, int from, List<String> into) {
        int start = from;
        boolean tabs = start < text.length() && text.charAt(start) == '-';
        start += tabs ? 1 : 0;
        int line = text.indexOf('\n', start);
        if (line < 0) {
            return;
        }
        String mark =
                Words.of(text.substring(start, line)).all().stream().findFirst().orElse("");
        StringBuilder body = new StringBuilder();
        for (int at = line + 1; at < text.length() && !mark.isEmpty(); ) {
            int end = text.indexOf('\n', at);
            String next = text.substring(at, end < 0 ? text.length() : end);
            String plain = tabs ? next.replaceFirst("^\t+", "") : next;
            if (plain.equals(mark)) {
                into.add(body.toString());
                return;
            }
            body.append(plain).append('\n');
            at = end < 0 ? text.length() : end + 1;
        }
    }
}
