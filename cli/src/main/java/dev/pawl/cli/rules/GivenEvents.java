package dev.pawl.cli.rules;

import dev.pawl.detect.Pack;
import dev.pawl.detect.SigmaEvents;
import dev.pawl.detect.sigma.BuiltInPipelines;
import dev.pawl.detect.sigma.JsonFields;
import dev.pawl.detect.sigma.engine.LogEvent;
import dev.pawl.detect.sigma.pipeline.Pipeline;
import dev.pawl.detect.sigma.rule.LogSource;
import dev.pawl.ledger.EventJson;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Events somebody gives to test a rule, and the pipeline that goes with their form. Only Pawl's own events say which log
 * they are from; of others it is taken to be the log the rule is about.
 */
final class GivenEvents {
    private static final LogSource UNSAID = new LogSource(null, null, null);

    private GivenEvents() {}

    /** What a text turned out to be. */
    sealed interface Reading {}

    record Given(List<LogEvent> events, Pipeline pipeline) implements Reading {
        Given {
            events = List.copyOf(events);
        }
    }

    record Unreadable(String reason, int line) implements Reading {}

    static Reading read(String text) {
        List<LogEvent> own = own(text);
        if (!own.isEmpty()) {
            return new Given(own, Pack.pipeline());
        }
        return switch (JsonTrees.read(text)) {
            case JsonTrees.Malformed(String reason, int line) -> new Unreadable(reason, line);
            case JsonTrees.Objects(List<Map<String, Object>> objects) -> foreign(objects);
        };
    }

    /** Events of Pawl, one a line; empty if any line is something else. */
    private static List<LogEvent> own(String text) {
        List<LogEvent> events = new ArrayList<>();
        for (String line : text.lines().filter(each -> !each.isBlank()).toList()) {
            if (!(EventJson.decode(line.getBytes(StandardCharsets.UTF_8)) instanceof EventJson.Decoded(var event))) {
                return List.of();
            }
            SigmaEvents.of(event).ifPresent(events::add);
        }
        return events;
    }

    private static Reading foreign(List<Map<String, Object>> objects) {
        boolean windows = objects.getFirst().get("Event") instanceof Map<?, ?>;
        List<LogEvent> events = new ArrayList<>();
        try {
            for (Map<String, Object> object : objects) {
                LogEvent.Builder event = LogEvent.of(UNSAID, "event-" + (events.size() + 1), time(object));
                events.add(JsonFields.add(event, object).build());
            }
        } catch (IllegalArgumentException e) {
            return new Unreadable(String.valueOf(e.getMessage()), 1);
        }
        return new Given(events, (windows ? BuiltInPipelines.sysmon() : Pipeline.NONE).then(Pipeline.ANY_SOURCE));
    }

    /** The time an event says, where it says one in a usual place; correlations need it. */
    private static Instant time(Map<String, Object> object) {
        return Stream.of("time", "timestamp", "@timestamp", "Timestamp", "UtcTime", "TimeCreated")
                .flatMap(name -> object.get(name) instanceof String text ? instant(text) : Stream.empty())
                .findFirst()
                .orElse(Instant.EPOCH);
    }

    private static Stream<Instant> instant(String text) {
        try {
            return Stream.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Stream.empty();
        }
    }
}
