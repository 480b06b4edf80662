package dev.pawl.cli.mcp;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets everything pass, or has it wait, or nothing any more. Thread-safe. */
final class Turnstile {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private volatile boolean shut;
    private volatile boolean closed;

    /** Waits where it is shut; whether one may pass. */
    boolean pass() {
        if (shut && !closed) {
            await();
        }
        return !closed;
    }

    private void await() {
        lock.lock();
        try {
            while (shut && !closed) {
                moved.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    void shut() {
        shut = true;
    }

    void open() {
        move(false, closed);
    }

    /** Nothing passes from now on, and nobody waits. */
    void close() {
        move(shut, true);
    }

    boolean isShut() {
        return shut;
    }

    boolean isClosed() {
        return closed;
    }

    private void move(boolean nowShut, boolean nowClosed) {
        lock.lock();
        try {
            shut = nowShut;
            closed = nowClosed;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
