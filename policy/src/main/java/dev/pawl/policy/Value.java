package dev.pawl.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** One value of a charter with its place. Every reading method reports a problem when it returns empty. */
record Value(Node node, String path, Problems problems) {
    private static final int MAX_ITEMS = 1000;

    void problem(String message) {
        problems.at(node, (path.isEmpty() ? "the " + problems.document().noun() : path) + " " + message);
    }

    /** The text of any scalar as written, whatever type YAML sees in it; empty, without a problem, for the rest. */
    Optional<String> written() {
        return node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)
                ? Optional.of(scalar.getValue())
                : Optional.empty();
    }

    boolean isText() {
        return node.getTag().equals(Tag.STR);
    }

    /** One line of readable text, 1 to {@code longest} characters. */
    Optional<String> text(int longest, String allowed) {
        if (!(node instanceof ScalarNode scalar) || !isText()) {
            problem("is " + kind() + "; " + allowed + (node instanceof ScalarNode && isEmpty() ? "" : quotesHint()));
            return Optional.empty();
        }
        String text = scalar.getValue();
        if (text.isBlank() || text.codePointCount(0, text.length()) > longest) {
            problem((text.isBlank() ? "is empty; " : "is longer than " + longest + " characters; ") + allowed);
            return Optional.empty();
        }
        if (text.codePoints().anyMatch(Shown::steers)) {
            problem("has a line break or an invisible character in it; " + allowed);
            return Optional.empty();
        }
        return Optional.of(text);
    }

    /** Readable text of several lines, at most {@code longest} characters. */
    Optional<String> lines(int longest, String allowed) {
        if (!(node instanceof ScalarNode scalar)
                || !isText()
                || scalar.getValue().isBlank()) {
            problem("is " + (isText() ? "empty" : kind()) + "; " + allowed);
            return Optional.empty();
        }
        if (scalar.getValue().length() > longest) {
            problem("is longer than " + longest + " characters; " + allowed);
            return Optional.empty();
        }
        if (scalar.getValue().codePoints().anyMatch(c -> c != '\n' && c != '\t' && Shown.steers(c))) {
            problem("has a control or invisible character in it; text, tabs and line breaks are allowed");
            return Optional.empty();
        }
        return Optional.of(scalar.getValue());
    }

    /** One line of text, parsed; what the parser throws is reported, its message says what is wrong with the text. */
    <T> Optional<T> parsed(int longest, Function<String, T> parser) {
        Optional<String> text = text(longest, "text is allowed");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parser.apply(text.get()));
        } catch (IllegalArgumentException e) {
            problem(Shown.quote(text.get()) + " " + e.getMessage());
            return Optional.empty();
        }
    }

    Optional<Integer> integer(int least, int most) {
        String allowed = "a whole number from " + least + " to " + most + " is allowed";
        if (!(node instanceof ScalarNode scalar) || !scalar.getTag().equals(Tag.INT)) {
            problem("is " + kind() + "; " + allowed);
            return Optional.empty();
        }
        String text = scalar.getValue();
        if (!text.matches("-?[0-9]{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            problem("is " + Shown.clean(text) + "; " + allowed);
            return Optional.empty();
        }
        return Optional.of(Integer.parseInt(text));
    }

    /** One of a few words. */
    <T> Optional<T> oneOf(Map<String, T> words) {
        Optional<String> written = written();
        T found = written.isPresent() && isText() ? words.get(written.get()) : null;
        if (found == null) {
            problem("is " + written.map(Shown::quote).orElse(kind()) + "; allowed: " + String.join(", ", words.keySet())
                    + written.map(word -> Nearest.hint(word, words.keySet())).orElse(""));
        }
        return Optional.ofNullable(found);
    }

    /** The items of a list; none, after a problem, if this is not a list. */
    List<Value> items() {
        if (!(node instanceof SequenceNode sequence)) {
            problem("is " + kind() + "; a list is allowed here: write ["
                    + written().map(Shown::clean).orElse("a, b") + "]");
            return List.of();
        }
        List<Node> nodes = sequence.getValue();
        if (nodes.size() > MAX_ITEMS) {
            problem("has " + nodes.size() + " items; at most " + MAX_ITEMS + " are allowed");
            return List.of();
        }
        return IntStream.range(0, nodes.size())
                .mapToObj(i -> new Value(nodes.get(i), path + "[" + i + "]", problems))
                .toList();
    }

    /** A mapping whose keys are all among {@code keys}. */
    Optional<Section> section(List<String> keys) {
        if (!(node instanceof MappingNode mapping)) {
            problem("is " + kind() + "; a mapping with these keys is allowed: " + String.join(", ", keys));
            return Optional.empty();
        }
        return Optional.of(Section.of(this, mapping, keys));
    }

    /** What this is, for messages. */
    String kind() {
        Tag tag = node.getTag();
        if (node instanceof MappingNode) {
            return "a mapping";
        }
        if (node instanceof SequenceNode) {
            return "a list";
        }
        if (isEmpty()) {
            return "empty";
        }
        String value = written().map(Shown::clean).orElse("");
        if (tag.equals(Tag.STR)) {
            return "the text \"" + value + "\"";
        }
        if (tag.equals(Tag.ENV_TAG)) {
            return "the reference " + value;
        }
        return (tag.equals(Tag.BOOL) ? "the truth value " : "the number ") + value;
    }

    private boolean isEmpty() {
        return node.getTag().equals(Tag.NULL);
    }

    private String quotesHint() {
        return written()
                .map(text -> "; to mean the text, write " + Shown.quote(text))
                .orElse("");
    }
}
