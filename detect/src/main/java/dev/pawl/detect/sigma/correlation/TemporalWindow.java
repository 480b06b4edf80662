package dev.pawl.detect.sigma.correlation;

import dev.pawl.detect.sigma.rule.Correlation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All rules, or as many as the condition says, within one span in any order. Begins anew once it has matched. */
final class TemporalWindow implements Window {
    private final Correlation correlation;
    private final Map<Integer, Seen> last = new HashMap<>();
    private Instant newest = Instant.MIN;

    TemporalWindow(Correlation correlation) {
        this.correlation = correlation;
    }

    @Override
    public Optional<List<String>> add(Seen seen) {
        newest = seen.time().isAfter(newest) ? seen.time() : newest;
        for (int rule : seen.rules()) {
            last.merge(rule, seen, (old, fresh) -> fresh.time().isBefore(old.time()) ? old : fresh);
        }
        last.values().removeIf(each -> !Window.within(each.time(), newest, correlation.timespan()));
        if (!complete()) {
            return Optional.empty();
        }
        List<Seen> parts = new ArrayList<>(last.values());
        parts.sort(Comparator.comparing(Seen::time));
        last.clear();
        return Optional.of(Window.evidence(parts.stream().map(Seen::evidence).toList()));
    }

    private boolean complete() {
        return correlation.condition() == null
                ? last.size() == correlation.rules().size()
                : correlation.condition().holds(last.size());
    }

    @Override
    public int size() {
        return last.size();
    }
}
