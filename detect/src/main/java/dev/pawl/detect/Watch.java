package dev.pawl.detect;

import dev.pawl.core.Body;
import dev.pawl.core.Event;
import dev.pawl.detect.sigma.Detector;
import dev.pawl.detect.sigma.RuleSet;
import dev.pawl.detect.sigma.correlation.Match;
import dev.pawl.detect.sigma.engine.Engine;
import dev.pawl.detect.sigma.engine.LogEvent;
import dev.pawl.detect.sigma.rule.Header;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns events into findings. The same events in the same order give the same findings, ids included. Not thread-safe.
 */
public final class Watch {
    private final Detector detector;
    private final Standing standing;

    /** @param engine of the same rules; several watches may share it */
    public Watch(RuleSet rules, Engine engine, Standing standing) {
        this.detector = rules.detector(engine);
        this.standing = standing;
    }

    /** Says of a rule whether its findings may ask for more than to be kept. */
    @FunctionalInterface
    public interface Standing {
        boolean promoted(Header rule);
    }

    /** The findings this event completes, as events. */
    public List<Event> feed(Event event) {
        Optional<LogEvent> seen = SigmaEvents.of(event);
        return seen.isEmpty()
                ? List.of()
                : detector.feed(seen.get()).stream()
                        .map(match -> finding(event, match))
                        .toList();
    }

    /** The boundary a rule guards, or null. */
    public static @Nullable String boundary(Header rule) {
        return Tags.boundary(rule);
    }

    /** What a finding of the rule asks for if the rule is promoted. */
    public static Body.Severity severity(Header rule) {
        return Tags.severity(rule);
    }

    /** How many groups of correlations were given up because there were too many. */
    public long forgotten() {
        return detector.forgotten();
    }

    private Event finding(Event event, Match match) {
        Header rule = match.rule();
        Body.Finding finding = new Body.Finding(
                "sigma:" + rule.key(),
                rule.title(),
                standing.promoted(rule) ? Tags.severity(rule) : Body.Severity.OBSERVE,
                Tags.boundary(rule),
                Tags.techniques(rule),
                match.evidence());
        return new Event(
                FindingId.of(event, rule),
                event.time(),
                event.agent(),
                event.run(),
                event.id(),
                event.process(),
                finding,
                null);
    }
}
