package dev.pawl.detect.sigma.rule;

import dev.pawl.detect.sigma.yaml.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What rules, correlations and filters say about themselves.
 *
 * @param title what is detected
 * @param id UUID, or null
 * @param name what correlations and filters may call it, or null
 * @param level null where none was given
 * @param place where the document begins
 */
public record Header(
        String title,
        @Nullable String id,
        @Nullable String name,
        @Nullable Level level,
        @Nullable String status,
        String description,
        String author,
        List<String> tags,
        List<String> falsePositives,
        Place place) {
    public Header {
        tags = List.copyOf(tags);
        falsePositives = List.copyOf(falsePositives);
    }

    /** What identifies the document best: its id, else its name, else its title. */
    public String key() {
        return id != null ? id : name != null ? name : title;
    }

    /** Whether a reference in a correlation or a filter means this document. */
    public boolean isCalled(String reference) {
        return reference.equals(id) || reference.equals(name);
    }
}
