package dev.pawl.detect.sigma.rule;

import dev.pawl.detect.sigma.yaml.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of a search, as written.
 *
 * @param field the field's name, or null for keywords, which are looked for in all fields
 * @param modifiers in the order written
 * @param values at least one
 * @param list whether the values stood in a list
 */
public record Item(@Nullable String field, List<Modifier> modifiers, List<Value> values, boolean list, Place place) {
    public Item {
        modifiers = List.copyOf(modifiers);
        values = List.copyOf(values);
    }

    public boolean has(Modifier modifier) {
        return modifiers.contains(modifier);
    }

    /** The same line with another field. */
    public Item withField(@Nullable String other) {
        return new Item(other, modifiers, values, list, place);
    }

    /** The same line with other values. */
    public Item withValues(List<Value> others) {
        return new Item(field, modifiers, others, list || others.size() > 1, place);
    }
}
