package dev.pawl.detect.sigma.rule;

import dev.pawl.detect.sigma.yaml.Attributes;
import dev.pawl.detect.sigma.yaml.Fault;
import dev.pawl.detect.sigma.yaml.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads searches and conditions of a detection or a filter. */
final class DetectionReader {
    private static final int MAX_SEARCHES = 1_000;

    private DetectionReader() {}

    /** @param others keys beside searches that have a meaning of their own */
    static Detection read(Attributes detection, Set<String> others) {
        Map<String, Search> searches = new LinkedHashMap<>();
        for (Tree.Field field : detection.map().fields()) {
            if (!others.contains(field.key())) {
                searches.put(field.key(), search(field.value()));
            }
        }
        if (searches.isEmpty()) {
            throw new Fault(detection.place(), "a detection needs at least one search");
        }
        if (searches.size() > MAX_SEARCHES) {
            throw new Fault(detection.place(), "more than " + MAX_SEARCHES + " searches");
        }
        return new Detection(searches, conditions(detection.required("condition"), searches.keySet()));
    }

    private static List<Condition> conditions(Tree tree, Set<String> names) {
        if (tree instanceof Tree.Items list && !list.items().isEmpty()) {
            return list.items().stream()
                    .map(item -> ConditionReader.read(
                            Attributes.string("condition", item, Integer.MAX_VALUE), names, item.place()))
                    .toList();
        }
        return List.of(ConditionReader.read(condition(tree), names, tree.place()));
    }

    private static String condition(Tree tree) {
        return Attributes.string("condition", tree, Integer.MAX_VALUE);
    }

    static Search search(Tree tree) {
        return switch (tree) {
            case Tree.Fields fields -> allOf(fields);
            case Tree.Items list -> anyOf(list);
            case Tree.Text text -> throw new Fault(text.place(), "a search must be a map or a list");
        };
    }

    private static Search allOf(Tree.Fields map) {
        if (map.fields().isEmpty()) {
            throw new Fault(map.place(), "a search must not be empty");
        }
        return new Search.AllOf(map.fields().stream()
                .map(field -> (Search) new Search.One(ItemReader.read(field)))
                .toList());
    }

    private static Search anyOf(Tree.Items list) {
        if (list.items().isEmpty()) {
            throw new Fault(list.place(), "a search must not be empty");
        }
        List<Search> parts = new ArrayList<>();
        List<Value> words = new ArrayList<>();
        for (Tree item : list.items()) {
            if (item instanceof Tree.Text text) {
                words.add(ItemReader.value(text));
            } else {
                parts.add(search(item));
            }
        }
        if (!words.isEmpty()) {
            parts.addFirst(new Search.One(ItemReader.keywords(words, list.place())));
        }
        return parts.size() == 1 ? parts.getFirst() : new Search.AnyOf(parts);
    }
}
