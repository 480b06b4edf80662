package dev.pawl.gateway;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Monitor;
import dev.pawl.core.ProcessInfo;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Records events on threads that may block, since a record is on disk when it returns. Thread-safe. */
final class Recorder {
    private final Monitor monitor;
    private final ExecutorService blocking;

    Recorder(Monitor monitor, ExecutorService blocking) {
        this.monitor = monitor;
        this.blocking = blocking;
    }

    /** Records; the id is empty if nothing was recorded. Never completes with a throwable. */
    @CanIgnoreReturnValue
    CompletableFuture<String> record(
            Body body, @Nullable ProcessInfo process, @Nullable String cause, @Nullable Decision decision) {
        return recordAfter(CompletableFuture.completedFuture(""), body, process, cause, decision);
    }

    /** The same, once {@code earlier} was recorded. */
    @CanIgnoreReturnValue
    CompletableFuture<String> recordAfter(
            CompletableFuture<String> earlier,
            Body body,
            @Nullable ProcessInfo process,
            @Nullable String cause,
            @Nullable Decision decision) {
        try {
            return CompletableFuture.supplyAsync(
                            () -> {
                                earlier.join();
                                return monitor.record(body, process, cause, decision);
                            },
                            blocking)
                    .exceptionally(_ -> "");
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.completedFuture("");
        }
    }

    /** Waits up to 5 seconds for what is under way; what comes later is not recorded. */
    void close() {
        blocking.shutdown();
        try {
            if (!blocking.awaitTermination(5, TimeUnit.SECONDS)) {
                blocking.shutdownNow();
            }
        } catch (InterruptedException e) {
            blocking.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
