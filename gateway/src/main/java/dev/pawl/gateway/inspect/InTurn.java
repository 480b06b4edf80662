package dev.pawl.gateway.inspect;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs what it is given one after the other, on one thread at a time of those it borrows. The requests of an event loop wait for
 * the record together: whoever has the thread writes for all that came meanwhile, and nobody is woken for one of them.
 * Thread-safe.
 */
final class InTurn implements Executor {
    private final Executor threads;
    private final Queue<Runnable> due = new ArrayDeque<>();
    private boolean running;

    InTurn(Executor threads) {
        this.threads = threads;
    }

    @Override
    public void execute(Runnable action) {
        synchronized (due) {
            due.add(action);
            if (running) {
                return;
            }
            running = true;
        }
        try {
            threads.execute(this::run);
        } catch (RejectedExecutionException closed) {
            synchronized (due) {
                running = false;
                due.clear();
            }
            throw closed;
        }
    }

    private void run() {
        for (Runnable action = next(); action != null; action = next()) {
            try {
                action.run();
            } catch (RuntimeException e) {
                // Whoever gave it hears of it in its own way; the others must not wait for ever.
            }
        }
    }

    private @Nullable Runnable next() {
        synchronized (due) {
            Runnable action = due.poll();
            running = action != null;
            return action;
        }
    }
}
