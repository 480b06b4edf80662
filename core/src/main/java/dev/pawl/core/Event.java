package dev.pawl.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the record: what was tried or happened, by which process, why it was allowed or not.
 *
 * @param id ULID, sorts by time
 * @param time when it happened, microseconds
 * @param cause id of the event that led to this one, or null for the first of a run
 * @param process who did it, or null where no process of the agent did
 * @param body what; its type is the kind
 * @param decision the answer given, or null where nothing was decided
 */
public record Event(
        String id,
        Instant time,
        String agent,
        String run,
        @Nullable String cause,
        @Nullable ProcessInfo process,
        Body body,
        @Nullable Decision decision) {}
