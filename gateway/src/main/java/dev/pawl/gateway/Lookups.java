package dev.pawl.gateway;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for the machine's resolver. Platform threads, since a lookup is a native call, which would hold the carrier
 * of a virtual thread: two slow names could then keep every event of the process from being recorded.
 */
final class Lookups {
    private static final int THREADS = 8;
    private static final int QUEUE = 1_024;
    private static final Duration IDLE = Duration.ofSeconds(10);

    private Lookups() {}

    /** No thread runs before the first lookup, none is kept for long after the last; a full queue rejects. */
    static ExecutorService create() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(QUEUE),
                Thread.ofPlatform().daemon().name("pawl-lookup-", 0).factory());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
