package dev.pawl.cli.demo;

import dev.pawl.core.Body;
import dev.pawl.core.Event;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The record of a run, asked which events belong to which act. An act is the program the agent started for it, and
 * everything whose chain of causes leads there: no clock is compared.
 */
final class Trail {
    private final List<Event> events;
    private final Map<String, Event> byId = new HashMap<>();

    Trail(List<Event> events) {
        this.events = List.copyOf(events);
        for (Event event : events) {
            byId.put(event.id(), event);
        }
    }

    /** The exec that began the act: {@code bash acts/ID.sh}. */
    Optional<Event> start(String act) {
        return events.stream()
                .filter(event -> event.body() instanceof Body.Exec exec
                        && exec.argv().size() == 2
                        && exec.argv().getLast().equals(script(act)))
                .findFirst();
    }

    /** The act's events in order, its start first; empty if it never ran. */
    List<Event> of(String act) {
        Optional<Event> start = start(act);
        return start.isEmpty()
                ? List.of()
                : events.stream()
                        .filter(event -> leadsTo(event, start.get().id()))
                        .toList();
    }

    /** The exec that started the program which did this: the event's direct cause. */
    Optional<Event> program(Event event) {
        return Optional.ofNullable(event.cause()).map(byId::get).filter(cause -> cause.body() instanceof Body.Exec);
    }

    /** Where the agent keeps the script of an act, below its workspace. */
    static String script(String act) {
        return "acts/" + act + ".sh";
    }

    private boolean leadsTo(Event event, String id) {
        Set<String> seen = new HashSet<>();
        @Nullable Event at = event;
        while (at != null && seen.add(at.id())) {
            if (at.id().equals(id)) {
                return true;
            }
            at = at.cause() == null ? null : byId.get(at.cause());
        }
        return false;
    }
}
