package dev.pawl.detect.sigma.correlation;

import dev.pawl.detect.sigma.engine.LogEvent;
import dev.pawl.detect.sigma.rule.Correlation;
import dev.pawl.detect.sigma.rule.Header;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One correlation with the windows of its groups. What it keeps is bounded: past {@value #MAX_GROUPS} groups or {@value
 * #MAX_KEPT} matches it forgets the group that was quiet longest, and counts that. Not thread-safe.
 */
public final class Correlator {
    static final int MAX_GROUPS = 10_000;
    static final int MAX_KEPT = 200_000;

    private final Correlation correlation;
    private final LinkedHashMap<List<String>, Window> groups = new LinkedHashMap<>(16, 0.75f, true);
    private int kept;
    private long forgotten;

    public Correlator(Correlation correlation) {
        this.correlation = correlation;
    }

    public Correlation correlation() {
        return correlation;
    }

    /** How many groups were given up because there were too many. */
    public long forgotten() {
        return forgotten;
    }

    /** Takes the matches that one event led to and gives the match of this correlation if they completed one. */
    public Optional<Match> add(LogEvent event, List<Match> matches) {
        List<Integer> rules = new ArrayList<>();
        List<List<String>> evidence = new ArrayList<>();
        Match first = null;
        for (int i = 0; i < correlation.rules().size(); i++) {
            for (Match match : matches) {
                if (match.rule().isCalled(correlation.rules().get(i))) {
                    first = first == null ? match : first;
                    rules.add(i);
                    evidence.add(match.evidence());
                }
            }
        }
        if (first == null) {
            return Optional.empty();
        }
        Map<String, String> group = group(event, first);
        if (group == null) {
            return Optional.empty();
        }
        Window window = groups.computeIfAbsent(List.copyOf(group.values()), key -> Window.of(correlation));
        int before = window.size();
        Optional<List<String>> complete =
                window.add(new Window.Seen(event.time(), rules, value(event), Window.evidence(evidence)));
        kept += window.size() - before;
        shrink();
        return complete.map(ids -> new Match(correlation.header(), event, ids, group));
    }

    /** The values to group by, or null where the event lacks one: it belongs to no group. */
    private @Nullable Map<String, String> group(LogEvent event, Match match) {
        Map<String, String> group = new LinkedHashMap<>();
        for (String name : correlation.groupBy()) {
            List<String> values = event.all(field(name, match.rule()));
            if (values.isEmpty()) {
                return null;
            }
            group.put(name, values.getFirst());
        }
        return group;
    }

    /** What an alias stands for in events of a rule. */
    private String field(String name, Header rule) {
        Map<String, String> alias = correlation.aliases().get(name);
        if (alias != null) {
            for (Map.Entry<String, String> entry : alias.entrySet()) {
                if (rule.isCalled(entry.getKey())) {
                    return entry.getValue();
                }
            }
        }
        return name;
    }

    private @Nullable String value(LogEvent event) {
        if (correlation.condition() == null || correlation.condition().fields().isEmpty()) {
            return null;
        }
        List<String> parts = new ArrayList<>();
        for (String field : correlation.condition().fields()) {
            List<String> values = event.all(field);
            if (values.isEmpty()) {
                return null;
            }
            parts.add(values.getFirst());
        }
        return parts.size() == 1 ? parts.getFirst() : String.valueOf(parts);
    }

    private void shrink() {
        while (groups.size() > MAX_GROUPS || (kept > MAX_KEPT && groups.size() > 1)) {
            kept -= groups.pollFirstEntry().getValue().size();
            forgotten++;
        }
    }
}
