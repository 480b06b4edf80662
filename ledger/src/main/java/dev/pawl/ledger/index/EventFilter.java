package dev.pawl.ledger.index;

import dev.pawl.core.Decision;
import dev.pawl.core.Event;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events are wanted; what is null or empty does not matter. Immutable.
 *
 * @param runs ids of runs; empty for all
 * @param process a process id, a path, or the name of a program
 * @param host a name or address, or {@code *.example.com} for all below it
 * @param since the first moment
 * @param until the first moment no more
 */
public record EventFilter(
        Set<String> runs,
        @Nullable String agent,
        @Nullable String kind,
        @Nullable String process,
        @Nullable String host,
        @Nullable String rule,
        @Nullable String boundary,
        @Nullable Instant since,
        @Nullable Instant until,
        boolean denied) {
    /** Everything. */
    public static final EventFilter ALL =
            new EventFilter(Set.of(), null, null, null, null, null, null, null, null, false);

    public EventFilter {
        runs = Set.copyOf(runs);
    }

    /** Whether this event is wanted. */
    public boolean matches(Event event) {
        Decision decision = event.decision();
        return (runs.isEmpty() || runs.contains(event.run()))
                && (agent == null || agent.equals(event.agent()))
                && (kind == null || kind.equals(event.body().kind()))
                && (process == null || isProcess(event))
                && (host == null || isHost(EventFacts.host(event.body())))
                && (rule == null || (decision != null && rule.equals(decision.rule())))
                && (boundary == null || boundary.equals(EventFacts.boundary(event)))
                && (since == null || !event.time().isBefore(since))
                && (until == null || event.time().isBefore(until))
                && (!denied || EventFacts.denied(event));
    }

    /** The number, where a process is named by its number. */
    Optional<Integer> pid() {
        return process != null && process.matches("[0-9]{1,9}")
                ? Optional.of(Integer.valueOf(process))
                : Optional.empty();
    }

    /** Whether a program is the one that is named. */
    boolean isProgram(String exe) {
        return process != null && (exe.equals(process) || (process.indexOf('/') < 0 && exe.endsWith("/" + process)));
    }

    boolean isHost(@Nullable String name) {
        return host != null
                && name != null
                && (host.startsWith("*.") ? name.endsWith(host.substring(1)) : name.equals(host));
    }

    private boolean isProcess(Event event) {
        return pid().isPresent()
                ? event.process() != null && event.process().pid() == pid().get()
                : EventFacts.programs(event).anyMatch(this::isProgram);
    }
}
