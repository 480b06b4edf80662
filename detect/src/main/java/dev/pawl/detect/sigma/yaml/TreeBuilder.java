package dev.pawl.detect.sigma.yaml;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/**
 * Makes one tree from events. An anchor is known only once its value is complete: a value that contains itself cannot
 * be written. {@code size} counts aliases written out, so a bomb of aliases is seen before it is opened.
 */
final class TreeBuilder {
    private final Deque<Open> open = new ArrayDeque<>();
    private final Map<String, Tree> anchors = new HashMap<>();
    private @Nullable Tree root;

    /** A collection whose end was not seen yet. */
    private static final class Open {
        private final boolean map;
        private final Place place;
        private final Optional<String> anchor;
        private final List<Tree> items = new ArrayList<>();
        private final List<Tree.Field> fields = new ArrayList<>();
        private final Set<String> keys = new HashSet<>();
        private Tree.@Nullable Text key;
        private long size = 1;

        Open(boolean map, Place place, Optional<String> anchor) {
            this.map = map;
            this.place = place;
            this.anchor = anchor;
        }
    }

    Optional<Tree> root() {
        return Optional.ofNullable(root);
    }

    void scalar(ScalarEvent event, Place place) {
        if (event.getTag().isPresent()) {
            throw new Fault(place, "tags (!name) are not allowed; write the plain value");
        }
        if (event.getValue().length() > YamlReader.MAX_VALUE) {
            throw new Fault(place, "a value of more than " + YamlReader.MAX_VALUE + " characters");
        }
        Tree.Text text = new Tree.Text(event.getValue(), event.isPlain(), place);
        remember(event, text);
        add(text);
    }

    void begin(CollectionStartEvent event, boolean map, Place place) {
        if (event.getTag().isPresent()) {
            throw new Fault(place, "tags (!name) are not allowed; write the plain value");
        }
        if (open.size() >= YamlReader.MAX_DEPTH) {
            throw new Fault(place, "nested deeper than " + YamlReader.MAX_DEPTH + " levels");
        }
        open.push(new Open(map, place, event.getAnchor().map(Object::toString)));
    }

    void end() {
        Open done = open.pop();
        Tree tree = done.map
                ? new Tree.Fields(done.fields, done.place, done.size)
                : new Tree.Items(done.items, done.place, done.size);
        done.anchor.ifPresent(name -> anchors.put(name, tree));
        add(tree);
    }

    void alias(AliasEvent event, Place place) {
        Tree tree = anchors.get(event.getAlias().toString());
        if (tree == null) {
            throw new Fault(place, "*" + event.getAlias() + " refers to nothing that is complete before it");
        }
        add(tree);
    }

    private void remember(NodeEvent event, Tree tree) {
        event.getAnchor().ifPresent(name -> anchors.put(name.toString(), tree));
    }

    private void add(Tree tree) {
        Open parent = open.peek();
        if (parent == null) {
            root = tree;
            return;
        }
        parent.size += tree.size();
        if (parent.size > YamlReader.MAX_SIZE) {
            throw new Fault(parent.place, "more than " + YamlReader.MAX_SIZE + " values, aliases written out");
        }
        if (!parent.map) {
            parent.items.add(tree);
        } else if (parent.key == null) {
            parent.key = key(tree, parent);
        } else {
            parent.fields.add(new Tree.Field(parent.key.value(), parent.key.place(), tree));
            parent.key = null;
        }
    }

    private Tree.Text key(Tree tree, Open parent) {
        if (!(tree instanceof Tree.Text text)) {
            throw new Fault(tree.place(), "a key must be a single word, not a list or a map");
        }
        if (text.plain() && text.value().equals("<<")) {
            throw new Fault(text.place(), "merge keys (<<) are not part of YAML 1.2; write the keys out");
        }
        if (!parent.keys.add(text.value())) {
            throw new Fault(text.place(), "the key '" + shown(text.value()) + "' stands here twice");
        }
        return text;
    }

    private static String shown(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
