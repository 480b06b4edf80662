package dev.pawl.detect.sigma.pipeline;

import com.google.re2j.Pattern;
import dev.pawl.detect.sigma.rule.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which lines of a rule a step is for. */
public sealed interface ItemCondition {
    boolean holds(Item item);

    /** The field is one of these, or none of these. */
    record Fields(List<String> fields, boolean included) implements ItemCondition {
        public Fields {
            fields = List.copyOf(fields);
        }

        @Override
        public boolean holds(Item item) {
            return (item.field() != null && fields.contains(item.field())) == included;
        }
    }

    /** Any or all values contain a match. */
    record Values(Pattern pattern, boolean all) implements ItemCondition {
        @Override
        public boolean holds(Item item) {
            return all
                    ? item.values().stream().allMatch(value -> finds(value.text()))
                    : item.values().stream().anyMatch(value -> finds(value.text()));
        }

        private boolean finds(@Nullable String text) {
            return text != null && pattern.matcher(text).find();
        }
    }

    /** All or any of others, or the opposite. */
    record Of(boolean all, boolean negated, List<ItemCondition> parts) implements ItemCondition {
        public Of {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean holds(Item item) {
            boolean holds = all
                    ? parts.stream().allMatch(part -> part.holds(item))
                    : parts.stream().anyMatch(part -> part.holds(item));
            return holds != negated;
        }
    }
}
