package dev.pawl.core;

import org.jspecify.annotations.Nullable;

/**
 * The one place where an attempt becomes a decision and an event. Thread-safe; never throws: what goes wrong is a
 * denial.
 */
public interface Monitor {
    /** A decision together with the id of the event that records it; the id is empty if nothing could be recorded. */
    record Judged(Decision decision, String event) {}

    /** Decides, records, answers. {@code process} is null where it is not known. */
    Judged judge(Attempt attempt, @Nullable ProcessInfo process);

    /**
     * Records something that needs no decision of the policy, and returns the event's id, or an empty text if nothing
     * could be recorded (the run is then stopped by whoever implements this).
     *
     * @param cause id of the event that led to this one; null to derive it from the process
     * @param decision an answer that was already given elsewhere (a gateway refusal), or null
     */
    String record(Body body, @Nullable ProcessInfo process, @Nullable String cause, @Nullable Decision decision);
}
