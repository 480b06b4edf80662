package dev.pawl.detect.sigma;

import dev.pawl.detect.sigma.correlation.Correlator;
import dev.pawl.detect.sigma.correlation.Match;
import dev.pawl.detect.sigma.engine.Engine;
import dev.pawl.detect.sigma.engine.Entry;
import dev.pawl.detect.sigma.engine.LogEvent;
import dev.pawl.detect.sigma.engine.Matcher;
import dev.pawl.detect.sigma.rule.Correlation;
import dev.pawl.detect.sigma.rule.Header;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes events in the order of their time and gives matches. The same events give the same matches: there is no clock
 * but that of the events. Not thread-safe.
 */
public final class Detector {
    private final Matcher matcher;
    private final List<Correlator> correlators;
    private final Set<Header> silent = Collections.newSetFromMap(new IdentityHashMap<>());

    Detector(Engine engine, List<Correlation> correlations) {
        this.matcher = engine.matcher();
        this.correlators = correlations.stream().map(Correlator::new).toList();
        List<Header> all =
                new ArrayList<>(engine.rules().stream().map(Entry::header).toList());
        correlations.forEach(correlation -> all.add(correlation.header()));
        all.stream().filter(header -> isPartOnly(header, correlations)).forEach(silent::add);
    }

    /** A rule that a correlation names reports on its own only if a correlation says so ({@code generate}). */
    private static boolean isPartOnly(Header header, List<Correlation> correlations) {
        List<Correlation> users = correlations.stream()
                .filter(correlation -> correlation.rules().stream().anyMatch(header::isCalled))
                .toList();
        return !users.isEmpty() && users.stream().noneMatch(Correlation::generate);
    }

    /** What this event leads to, rules before correlations, each in the order of their identity. */
    public List<Match> feed(LogEvent event) {
        List<Entry> found = matcher.match(event);
        if (found.isEmpty()) {
            return List.of();
        }
        List<Match> matches = new ArrayList<>();
        found.forEach(entry -> matches.add(Match.of(entry.header(), event)));
        List<Match> reported = new ArrayList<>(matches);
        List<Match> complete = new ArrayList<>();
        for (Correlator correlator : correlators) {
            Optional<Match> match = correlator.add(event, matches);
            match.ifPresent(matches::add);
            match.ifPresent(complete::add);
        }
        complete.sort(Comparator.comparing((Match match) -> match.rule().key())
                .thenComparing(match -> match.rule().title()));
        reported.addAll(complete);
        reported.removeIf(match -> silent.contains(match.rule()));
        return reported;
    }

    /** How many groups correlations gave up because there were too many; 0 while nothing was lost. */
    public long forgotten() {
        return correlators.stream().mapToLong(Correlator::forgotten).sum();
    }
}
