package dev.pawl.cli.view;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Finds the line of a charter that a rule such as {@code network.allow[0]} stands on. */
public final class CharterLine {
    private static final Pattern STEP = Pattern.compile("\\.?([a-z_-]+)|\\[(\\d{1,6})]");

    private CharterLine() {}

    /** The line with its number, from 1; empty where the rule is no path into this charter. */
    public static Optional<String> find(String charter, String rule) {
        List<String> lines = charter.lines().toList();
        return node(charter, rule)
                .flatMap(Node::getStartMark)
                .map(Mark::getLine)
                .filter(line -> line < lines.size())
                .map(line -> "line " + (line + 1) + ": " + lines.get(line).strip());
    }

    private static Optional<Node> node(String charter, String rule) {
        Optional<Node> at;
        try {
            at = new Compose(LoadSettings.builder().build()).composeString(charter);
        } catch (YamlEngineException e) {
            return Optional.empty();
        }
        Matcher step = STEP.matcher(rule);
        int end = 0;
        while (at.isPresent() && end < rule.length()) {
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
