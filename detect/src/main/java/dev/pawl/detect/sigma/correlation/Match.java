package dev.pawl.detect.sigma.correlation;

import dev.pawl.detect.sigma.engine.LogEvent;
import dev.pawl.detect.sigma.rule.Header;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A rule that matched.
 *
 * @param event the event that made it match
 * @param evidence ids of events that led to it, oldest first, at most {@value Window#MAX_EVIDENCE}
 * @param group the values that the events of a correlation have in common, in the order of group-by
 */
public record Match(Header rule, LogEvent event, List<String> evidence, Map<String, String> group) {
    public Match {
        evidence = List.copyOf(evidence);
        group = Collections.unmodifiableMap(new LinkedHashMap<>(group));
    }

    /** A match of a rule over one event. */
    public static Match of(Header rule, LogEvent event) {
        return new Match(rule, event, List.of(event.id()), Map.of());
    }
}
