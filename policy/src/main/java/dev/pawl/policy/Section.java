package dev.pawl.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A mapping, its keys checked: each known, each once. Keys with problems are left out. */
record Section(Value self, Map<String, Value> values, Map<String, Value> keys) {
    /** No list of known keys: any key is taken. */
    static final List<String> ANY = List.of();

    static Section of(Value self, MappingNode mapping, List<String> known) {
        Map<String, Value> values = new LinkedHashMap<>();
        Map<String, Value> keys = new LinkedHashMap<>();
        Problems problems = self.problems();
        for (NodeTuple tuple : mapping.getValue()) {
            Node keyNode = tuple.getKeyNode();
            if (!(keyNode instanceof ScalarNode scalar) || !scalar.getTag().equals(Tag.STR)) {
                problems.at(keyNode, "a key has to be text" + allowed(known) + "; put it in quotes if it is meant so");
                continue;
            }
            String key = scalar.getValue();
            if (!known.isEmpty() && !known.contains(key)) {
                problems.at(
                        keyNode,
                        "unknown key " + Shown.quote(key) + (self.path().isEmpty() ? "" : " in " + self.path())
                                + allowed(known) + Nearest.hint(key, known));
                continue;
            }
            String path = self.path().isEmpty() ? key : self.path() + "." + Shown.clean(key);
            Value before = keys.putIfAbsent(key, new Value(keyNode, path, problems));
            if (before != null) {
                problems.at(keyNode, path + " stands here a second time; keep one" + first(before.node()));
                continue;
            }
            values.put(key, new Value(tuple.getValueNode(), path, problems));
        }
        return new Section(self, values, keys);
    }

    Optional<Value> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** The value of a key that has to be there. */
    Optional<Value> required(String key) {
        if (!values.containsKey(key)) {
            self.problem("has no " + key + "; it is required");
        }
        return get(key);
    }

    /** The parsed items of a list of text, each once; none where there is no such key. */
    <T> List<T> texts(String key, int longest, Function<String, T> parser) {
        List<T> found = new ArrayList<>();
        for (Value item : get(key).map(Value::items).orElse(List.of())) {
            Optional<T> parsed = item.parsed(longest, parser);
            if (parsed.isPresent() && found.contains(parsed.get())) {
                item.problem("stands here a second time; once is enough");
            }
            parsed.ifPresent(found::add);
        }
        return found;
    }

    private static String allowed(List<String> known) {
        return known.isEmpty() ? "" : "; allowed: " + String.join(", ", known);
    }

    private static String first(Node node) {
        return node.getStartMark()
                .map(mark -> " (the first is in line " + (mark.getLine() + 1) + ")")
                .orElse("");
    }
}
