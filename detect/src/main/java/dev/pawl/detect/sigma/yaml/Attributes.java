package dev.pawl.detect.sigma.yaml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads typed attributes of a map; what has the wrong type is a fault at its place. */
public final class Attributes {
    private final Tree.Fields map;
    private final String what;

    /** @throws Fault if it is no map; {@code what} is how the message calls it */
    public Attributes(Tree tree, String what) {
        if (!(tree instanceof Tree.Fields fields)) {
            throw new Fault(tree.place(), what + " must be a map");
        }
        this.map = fields;
        this.what = what;
    }

    public Place place() {
        return map.place();
    }

    public Tree.Fields map() {
        return map;
    }

    public boolean has(String key) {
        return map.find(key).isPresent();
    }

    public Tree required(String key) {
        return map.find(key)
                .map(Tree.Field::value)
                .orElseThrow(() -> new Fault(map.place(), what + " has no '" + key + "'"));
    }

    /** A string, or null where the key is missing. */
    public @Nullable String string(String key, int longest) {
        return map.find(key).map(field -> string(key, field.value(), longest)).orElse(null);
    }

    public String requiredString(String key, int longest) {
        return string(key, required(key), longest);
    }

    /** A string for which {@code good} holds, or null where the key is missing. */
    public @Nullable String string(String key, Predicate<String> good, String expected) {
        String text = string(key, Integer.MAX_VALUE);
        if (text != null && !good.test(text)) {
            throw new Fault(required(key).place(), "'" + key + "' must be " + expected);
        }
        return text;
    }

    /** Strings without repetition; empty where the key is missing. */
    public List<String> strings(String key, int shortest) {
        return map.find(key).map(field -> strings(key, field.value(), shortest)).orElse(List.of());
    }

    public static List<String> strings(String key, Tree tree, int shortest) {
        if (!(tree instanceof Tree.Items list)) {
            throw new Fault(tree.place(), "'" + key + "' must be a list");
        }
        Set<String> seen = new HashSet<>();
        List<String> texts = new ArrayList<>();
        for (Tree item : list.items()) {
            String text = string(key, item, Integer.MAX_VALUE);
            if (text.length() < shortest) {
                throw new Fault(item.place(), "an entry of '" + key + "' is shorter than " + shortest + " characters");
            }
            if (!seen.add(text)) {
                throw new Fault(item.place(), "'" + key + "' says the same twice");
            }
            texts.add(text);
        }
        return texts;
    }

    public static String string(String key, Tree tree, int longest) {
        if (!(tree instanceof Tree.Text text) || !text.isString()) {
            throw new Fault(tree.place(), "'" + key + "' must be a string");
        }
        if (text.value().length() > longest) {
            throw new Fault(tree.place(), "'" + key + "' is longer than " + longest + " characters");
        }
        return text.value();
    }

    public static boolean flag(String key, Tree tree) {
        if (!(tree instanceof Tree.Text text) || !text.isBoolean()) {
            throw new Fault(tree.place(), "'" + key + "' must be true or false");
        }
        return text.value().equalsIgnoreCase("true");
    }
}
