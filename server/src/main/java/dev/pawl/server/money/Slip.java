package dev.pawl.server.money;

import java.time.Instant;

/**
 * A reservation that was made.
 *
 * @param time when: all of a request counts in the hour, day and month in which it began
 */
record Slip(long id, Instant time) implements Outcome {}
