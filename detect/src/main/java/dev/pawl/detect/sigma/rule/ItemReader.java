package dev.pawl.detect.sigma.rule;

import dev.pawl.detect.sigma.yaml.Fault;
import dev.pawl.detect.sigma.yaml.Place;
import dev.pawl.detect.sigma.yaml.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one line of a search: a field with its modifiers and values. */
final class ItemReader {
    private static final int MAX_FIELD = 256;
    private static final int MAX_MODIFIERS = 12;

    private ItemReader() {}

    static Item read(Tree.Field line) {
        String[] words = line.key().split("\\|", -1);
        if (words[0].length() > MAX_FIELD || words.length > MAX_MODIFIERS + 1) {
            throw new Fault(line.place(), "a field with too long a name or more than " + MAX_MODIFIERS + " modifiers");
        }
        String field = words[0].isEmpty() ? null : words[0];
        List<Modifier> modifiers = new ArrayList<>();
        for (int i = 1; i < words.length; i++) {
            modifiers.add(modifier(words[i], line.place()));
        }
        return checked(
                new Item(field, modifiers, values(line.value()), line.value() instanceof Tree.Items, line.place()));
    }

    static Item keywords(List<Value> words, Place place) {
        return checked(new Item(null, List.of(), words, true, place));
    }

    static Value value(Tree.Text text) {
        Value.Kind kind = text.isNull()
                ? Value.Kind.NULL
                : text.isBoolean() ? Value.Kind.BOOLEAN : text.isNumber() ? Value.Kind.NUMBER : Value.Kind.STRING;
        return new Value(kind, text.value(), text.place());
    }

    private static Modifier modifier(String word, Place place) {
        Optional<Modifier> found = Modifier.of(word);
        return found.orElseThrow(() -> new Fault(
                place, "there is no modifier '" + (word.length() <= 40 ? word : word.substring(0, 40) + "…") + "'"));
    }

    private static List<Value> values(Tree tree) {
        return switch (tree) {
            case Tree.Text text -> List.of(value(text));
            case Tree.Items list -> {
                if (list.items().isEmpty()) {
                    throw new Fault(list.place(), "a list of values must not be empty");
                }
                yield list.items().stream().map(ItemReader::listed).toList();
            }
            case Tree.Fields map -> throw new Fault(map.place(), "a value must be text, a number or a list of them");
        };
    }

    private static Value listed(Tree tree) {
        if (!(tree instanceof Tree.Text text)) {
            throw new Fault(tree.place(), "a list of values must hold text and numbers only");
        }
        return value(text);
    }

    private static Item checked(Item item) {
        for (Value value : item.values()) {
            if (value.kind() == Value.Kind.NULL && (item.field() == null || item.list())) {
                throw new Fault(value.place(), "null stands for a missing field and cannot be one of several values");
            }
        }
        if (item.has(Modifier.ALL) && item.values().size() == 1) {
            throw new Fault(item.place(), "'all' needs more than one value");
        }
        Modifier twice = twice(item.modifiers());
        if (twice != null) {
            throw new Fault(item.place(), "the modifier '" + twice.text() + "' stands here twice");
        }
        return item;
    }

    private static @Nullable Modifier twice(List<Modifier> modifiers) {
        for (int i = 0; i < modifiers.size(); i++) {
            if (modifiers.subList(0, i).contains(modifiers.get(i))) {
                return modifiers.get(i);
            }
        }
        return null;
    }
}
