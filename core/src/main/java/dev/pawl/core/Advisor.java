package dev.pawl.core;

/** Knows what an agent should do after a denial. Thread-safe; does not block. */
@FunctionalInterface
public interface Advisor {
    /** A sentence or two for the agent. */
    String next(Attempt attempt, Decision denial);
}
