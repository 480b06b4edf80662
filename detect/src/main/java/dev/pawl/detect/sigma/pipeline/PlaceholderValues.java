package dev.pawl.detect.sigma.pipeline;

import dev.pawl.detect.sigma.rule.Item;
import dev.pawl.detect.sigma.rule.Modifier;
import dev.pawl.detect.sigma.rule.Value;
import dev.pawl.detect.sigma.yaml.Fault;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts values in the place of {@code %name%}, where the line has the modifier {@code expand}. */
final class PlaceholderValues {
    private static final int MAX_VALUES = 10_000;

    private PlaceholderValues() {}

    static Item fill(Item item, Transformation.Placeholders step) {
        return each(item, step.include(), step.exclude(), name -> {
            List<String> values = step.values().get(name);
            return values == null
                    ? null
                    : values.stream().map(value -> value.replace("%", "\\%")).toList();
        });
    }

    static Item wildcards(Item item, Transformation.AnyPlaceholders step) {
        return each(item, step.include(), step.exclude(), name -> List.of("*"));
    }

    /** Gives the values of a placeholder, or null to leave it. */
    private interface Meaning {
        @Nullable
        List<String> of(String name);
    }

    private static Item each(Item item, List<String> include, List<String> exclude, Meaning meaning) {
        if (!item.has(Modifier.EXPAND)) {
            return item;
        }
        Meaning chosen = name ->
                (include.isEmpty() || include.contains(name)) && !exclude.contains(name) ? meaning.of(name) : null;
        List<Value> values = new ArrayList<>();
        for (Value value : item.values()) {
            for (String text : texts(value, chosen)) {
                values.add(new Value(Value.Kind.STRING, text, value.place()));
                if (values.size() > MAX_VALUES) {
                    throw new Fault(value.place(), "placeholders that make more than " + MAX_VALUES + " values");
                }
            }
        }
        return item.withValues(values);
    }

    private static List<String> texts(Value value, Meaning meaning) {
        List<String> done = new ArrayList<>(List.of(""));
        String text = value.text();
        for (int i = 0; i < text.length(); ) {
            int end = text.charAt(i) == '%' ? text.indexOf('%', i + 1) : -1;
            List<String> values = end < 0 ? null : meaning.of(text.substring(i + 1, end));
            int next = text.startsWith("\\%", i) ? i + 2 : end < 0 ? i + 1 : end + 1;
            List<String> pieces = values == null ? List.of(text.substring(i, next)) : values;
            if ((long) done.size() * pieces.size() > MAX_VALUES) {
                throw new Fault(value.place(), "placeholders that make more than " + MAX_VALUES + " values");
            }
            done = done.stream()
                    .flatMap(before -> pieces.stream().map(piece -> before + piece))
                    .toList();
            i = next;
        }
        return done;
    }
}
