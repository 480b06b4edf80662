package dev.pawl.server;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision;
import dev.pawl.core.ProcessInfo;
import org.jspecify.annotations.Nullable;

/**
 * Denials of one kind, target and rule in one run.
 *
 * @param attempt the first of them
 * @param decision its answer
 * @param example the process that made it, or null if unknown
 * @param count how many there were
 * @param firstEvent id of the event of the first, empty if it could not be recorded
 */
public record Denial(
        Attempt attempt, Decision decision, @Nullable ProcessInfo example, long count, String firstEvent) {}
