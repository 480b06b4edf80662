package dev.pawl.gateway;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts bytes against a limit. Thread-safe. Where there is a limit, every flow of the run lives on the same loop and asks
 * for its allowance before each read, so the total never passes it: the overshoot is zero.
 */
final class Meter {
    private final long limit;
    private final AtomicLong total = new AtomicLong();

    Meter(long limit) {
        this.limit = limit;
    }

    /** How many of {@code wanted} bytes may still be taken; 0 when the limit is reached. */
    int allowance(int wanted) {
        return (int) Math.min(wanted, Math.max(0, limit - total.get()));
    }

    void add(int bytes) {
        total.addAndGet(bytes);
    }

    /** Whether there is a limit at all. */
    boolean limited() {
        return limit < Long.MAX_VALUE;
    }

    long total() {
        return total.get();
    }

    boolean spent() {
        return total.get() >= limit;
    }
}
