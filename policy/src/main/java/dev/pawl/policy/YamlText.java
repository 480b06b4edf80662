package dev.pawl.policy;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Turns bytes into a YAML node tree with places, or into problems. Refuses what a charter has no use for and a reader
 * could be fooled or worn out by: anchors and aliases, tags, several documents, deep nesting, invisible characters.
 */
final class YamlText {
    static final int MAX_BYTES = 256 * 1024;
    static final int MAX_DEPTH = 16;

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setLabel("charter")
            .setMaxAliasesForCollections(0)
            .setAllowRecursiveKeys(false)
            .setCodePointLimit(MAX_BYTES)
            .build();

    private final Problems problems;

    YamlText(Problems problems) {
        this.problems = problems;
    }

    /** The root node; empty after at least one problem was reported. */
    Optional<Node> read(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            problems.nowhere("the file is larger than " + MAX_BYTES / 1024 + " KiB, the most "
                    + problems.document().one() + " may have");
            return Optional.empty();
        }
        return decode(bytes).filter(this::readable).flatMap(this::compose);
    }

    private Optional<String> decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
            String last = text.substring(text.lastIndexOf('\n') + 1);
            problems.at(
                    line,
                    last.codePointCount(0, last.length()) + 1,
                    "this byte is not UTF-8; " + problems.document().one() + " is UTF-8 text");
            return Optional.empty();
        }
        return Optional.of(text.startsWith("\ufeff") ? text.substring(1) : text);
    }

    private boolean readable(String text) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            boolean ends = c == '\n' || (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'));
            if (c != '\n' && c != '\r' && c != '\t' && (Shown.steers(c) || (c & 0xfffe) == 0xfffe)) {
                problems.at(
                        line,
                        column,
                        String.format(
                                "character U+%04X is invisible or a control; write readable text, or \"\\u%04X\" in"
                                        + " quotes where a value needs it",
                                c, c));
                return false;
            }
            line = ends ? line + 1 : line;
            column = ends ? 1 : column + 1;
        }
        return true;
    }

    private Optional<Node> compose(String text) {
        problems.text(text);
        try {
            if (!plain(text)) {
                return Optional.empty();
            }
            Optional<Node> root = new Compose(SETTINGS).composeString(text);
            if (root.isEmpty()) {
                problems.at(
                        1,
                        1,
                        "the " + problems.document().noun() + " is empty; "
                                + problems.document().needs());
            }
            return root;
        } catch (MarkedYamlEngineException e) {
            Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
            String message = "not valid YAML: " + Shown.clean(String.valueOf(e.getProblem()));
            problems.at(mark == null ? 1 : mark.getLine() + 1, mark == null ? 1 : mark.getColumn() + 1, message);
        } catch (RuntimeException e) {
            // Whatever else the library throws means the same: this text is no charter.
            problems.at(1, 1, "not valid YAML: " + Shown.clean(String.valueOf(e.getMessage())));
        }
        return Optional.empty();
    }

    /** Looks at the events first: composing is recursive and follows aliases, events are neither. */
    private boolean plain(String text) {
        int depth = 0;
        int documents = 0;
        for (Event event : new Parse(SETTINGS).parseString(text)) {
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            documents += event instanceof DocumentStartEvent ? 1 : 0;
            String refusal = refusal(event, depth, documents);
            if (!refusal.isEmpty()) {
                Mark mark = event.getStartMark().orElse(null);
                problems.at(mark == null ? 1 : mark.getLine() + 1, mark == null ? 1 : mark.getColumn() + 1, refusal);
                return false;
            }
        }
        return true;
    }

    private String refusal(Event event, int depth, int documents) {
        if (depth > MAX_DEPTH) {
            return "nested deeper than " + MAX_DEPTH + " levels; "
                    + problems.document().one() + " needs six at most";
        }
        if (documents > 1) {
            return "a second document starts here; a file holds one "
                    + problems.document().noun();
        }
        if (event instanceof AliasEvent) {
            return "aliases (*name) are not allowed in " + problems.document().one() + "; write the value out";
        }
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            return "anchors (&name) are not allowed in " + problems.document().one()
                    + "; write the value where it is needed";
        }
        boolean tagged = (event instanceof ScalarEvent scalar && scalar.getTag().isPresent())
                || (event instanceof CollectionStartEvent start
                        && start.getTag().isPresent());
        return tagged ? "tags (!name) are not allowed in " + problems.document().one() + "; write the plain value" : "";
    }
}
