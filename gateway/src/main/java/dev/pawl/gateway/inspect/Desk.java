package dev.pawl.gateway.inspect;

import dev.pawl.core.Matter;
import dev.pawl.core.Monitor;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes to the monitor what the connections of one event loop have to ask and to tell, off the loop, since a record is on disk
 * when the monitor returns. What comes in one turn of the loop goes together, and so does what comes while the monitor is
 * busy: it looks at the policy once and writes once for all of it. Order is kept. Thread-safe.
 */
final class Desk {
    /** So that one does not wait for too many others, and what is written as one stays far below what may be. */
    static final int MOST = 64;

    private final Monitor monitor;
    private final Executor threads;
    private final EventLoop loop;

    /** Guarded by itself, and so is {@link #stage}. */
    private final List<Due> due = new ArrayList<>();

    private Stage stage = Stage.IDLE;

    private enum Stage {
        IDLE,
        /** The loop hands over what is due at the end of this turn. */
        GATHERING,
        /** A thread is at it and takes what comes as well. */
        BUSY
    }

    private record Due(Matter matter, Consumer<Matter.Outcome> then) {}

    /** {@code threads} runs calls of the monitor, one at a time for this desk. */
    Desk(Monitor monitor, Executor threads, EventLoop loop) {
        this.monitor = monitor;
        this.threads = threads;
        this.loop = loop;
    }

    /** Runs what may block beside all that is brought here; {@code then} runs on the loop, with what went wrong or null. */
    void offLoop(Runnable work, Consumer<@Nullable Throwable> then) {
        try {
            var _ = CompletableFuture.runAsync(work, threads)
                    .whenComplete((_, failed) -> onLoop(() -> then.accept(failed)));
        } catch (RejectedExecutionException closed) {
            onLoop(() -> then.accept(closed));
        }
    }

    private void onLoop(Runnable action) {
        try {
            loop.execute(action);
        } catch (RejectedExecutionException closed) {
            // The loop is gone, and every connection with it.
        }
    }

    /** {@code then} runs on the loop, in the order of the calls; it does not where the loop is gone. */
    void bring(Matter matter, Consumer<Matter.Outcome> then) {
        synchronized (due) {
            due.add(new Due(matter, then));
            if (stage != Stage.IDLE) {
                return;
            }
            stage = Stage.GATHERING;
        }
        try {
            loop.execute(this::handOver);
        } catch (RejectedExecutionException closed) {
            handOver();
        }
    }

    /** Does not wait for the end of the turn. */
    void handOver() {
        synchronized (due) {
            if (stage != Stage.GATHERING) {
                return;
            }
            stage = Stage.BUSY;
        }
        try {
            threads.execute(this::work);
        } catch (RejectedExecutionException closed) {
            for (List<Due> batch = next(); !batch.isEmpty(); batch = next()) {
                answer(batch, failed(batch, closed));
            }
        }
    }

    private void work() {
        for (List<Due> batch = next(); !batch.isEmpty(); batch = next()) {
            answer(batch, outcomes(batch));
        }
    }

    private List<Due> next() {
        synchronized (due) {
            List<Due> some = due.subList(0, Math.min(MOST, due.size()));
            List<Due> batch = List.copyOf(some);
            some.clear();
            stage = batch.isEmpty() ? Stage.IDLE : Stage.BUSY;
            return batch;
        }
    }

    private List<Matter.Outcome> outcomes(List<Due> batch) {
        try {
            List<Matter> matters = new ArrayList<>(batch.size());
            for (Due each : batch) {
                matters.add(each.matter);
            }
            return monitor.all(matters);
        } catch (RuntimeException | Error e) {
            return failed(batch, e);
        }
    }

    private static List<Matter.Outcome> failed(List<Due> batch, Throwable why) {
        return batch.stream()
                .<Matter.Outcome>map(_ -> new Matter.Outcome.Failed(why))
                .toList();
    }

    private void answer(List<Due> batch, List<Matter.Outcome> outcomes) {
        try {
            loop.execute(() -> {
                for (int i = 0; i < batch.size(); i++) {
                    try {
                        batch.get(i).then.accept(outcomes.get(i));
                    } catch (RuntimeException e) {
                        // Whose it is hears of it in its own way; the others must not wait for ever.
                    }
                }
            });
        } catch (RejectedExecutionException closed) {
            // The loop is gone, and every connection with it.
        }
    }
}
