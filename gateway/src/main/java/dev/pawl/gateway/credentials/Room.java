package dev.pawl.gateway.credentials;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes of bodies that one run may have waiting for their signatures, all requests together. Thread-safe. */
final class Room {
    /** Of one request: what the largest calls of AWS's services take, but for uploads. */
    static final int MOST = 8 << 20;

    private static final long ALL = 64L << 20;

    private final AtomicLong taken = new AtomicLong();

    /** Whether so many more may wait; then they do. */
    boolean take(int bytes) {
        if (taken.addAndGet(bytes) <= ALL) {
            return true;
        }
        taken.addAndGet(-bytes);
        return false;
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }
}
