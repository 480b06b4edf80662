package dev.pawl.detect.sigma.rule;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Searches by name and the conditions over them; an event that meets any condition matches.
 *
 * @param searches in the order written
 */
public record Detection(Map<String, Search> searches, List<Condition> conditions) {
    public Detection {
        searches = Collections.unmodifiableMap(new LinkedHashMap<>(searches));
        conditions = List.copyOf(conditions);
    }
}
