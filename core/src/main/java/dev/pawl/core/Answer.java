package dev.pawl.core;

import java.util.function.Consumer;

/** An answer that comes later, exactly once. Thread-safe. */
public interface Answer {
    /**
     * Has the answer carried out when it comes, on the thread that brings it: when that thread goes on, the answer is
     * effective. At once where it came already. Called once.
     */
    void then(Consumer<Monitor.Judged> carryOut);

    /** Says that nobody waits any more; the question stays, for who tries the same again. */
    void giveUp();
}
