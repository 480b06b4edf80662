package dev.pawl.policy;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Finds where in a charter or an organisation file something stands. */
public final class YamlPlaces {
    private static final Pattern STEP = Pattern.compile("\\.?([a-z_-]+)|\\[(\\d{1,6})]");

    private YamlPlaces() {}

    /**
     * A place.
     *
     * @param line from 1
     * @param column from 1
     * @param block where it is a block of lines, what is before its first line and before each line; the place is then
     *     that of its first line
     */
    public record Place(int line, int column, Optional<Integer> block) {}

    /** Where a path such as {@code network.allow[0]} leads; empty where it is no path into this text. */
    public static Optional<Place> find(String yaml, String path) {
        return node(yaml, path).flatMap(node -> place(yaml, node));
    }

    private static Optional<Place> place(String yaml, Node node) {
        boolean block = node instanceof ScalarNode scalar && scalar.getScalarStyle() == ScalarStyle.LITERAL;
        return node.getStartMark().map(mark -> {
            List<String> lines = yaml.lines().skip(mark.getLine() + 1L).toList();
            return block
                    ? new Place(mark.getLine() + 2, 1 + indent(lines), Optional.of(indent(lines)))
                    : new Place(mark.getLine() + 1, mark.getColumn() + 1, Optional.empty());
        });
    }

    private static int indent(List<String> lines) {
        String first =
                lines.stream().filter(line -> !line.isBlank()).findFirst().orElse("");
        return first.length() - first.stripLeading().length();
    }

    private static Optional<Node> node(String yaml, String path) {
        Optional<Node> at;
        try {
            at = new Compose(LoadSettings.builder().build()).composeString(yaml);
        } catch (YamlEngineException e) {
            return Optional.empty();
        }
        Matcher step = STEP.matcher(path);
        int end = 0;
        while (at.isPresent() && end < path.length()) {
            if (!step.find(end) || step.start() != end) {
                return Optional.empty();
            }
            String key = step.group(1);
            at = key != null ? member(at.get(), key) : item(at.get(), Integer.parseInt(step.group(2)));
            end = step.end();
        }
        return at;
    }

    private static Optional<Node> member(Node node, String key) {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode scalar
                                && scalar.getValue().equals(key))
                        .map(NodeTuple::getValueNode)
                        .findFirst()
                : Optional.empty();
    }

    private static Optional<Node> item(Node node, int index) {
        return node instanceof SequenceNode sequence
                        && index < sequence.getValue().size()
                ? Optional.of(sequence.getValue().get(index))
                : Optional.empty();
    }
}
