package dev.pawl.gateway;

/**
 * Counts bytes against a limit. Written by one event loop, read by any thread. Since every flow of a run lives on the
 * same loop and asks for its allowance before each read, the total never passes the limit: the overshoot is zero.
 */
final class Meter {
    private final long limit;
    private volatile long total;

    Meter(long limit) {
        this.limit = limit;
    }

    /** How many of {@code wanted} bytes may still be taken; 0 when the limit is reached. */
    int allowance(int wanted) {
        return (int) Math.min(wanted, Math.max(0, limit - total));
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void add(int bytes) {
        total += bytes;
    }

    long total() {
        return total;
    }

    boolean spent() {
        return total >= limit;
    }
}
