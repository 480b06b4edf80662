package dev.pawl.gateway.inspect;

/**
 * Runs something to its end before it runs again: a write tells at once whether more can be written, in the midst of what
 * wrote, and nothing may come between the parts of that. Used on one event loop.
 */
final class Turns {
    private boolean running;
    private boolean due;

    /** Runs it, again for as long as it was asked for meanwhile; false from within, where it will run. */
    boolean run(Runnable action) {
        due = true;
        if (running) {
            return false;
        }
        running = true;
        try {
            while (due) {
                due = false;
                action.run();
            }
        } finally {
            running = false;
        }
        return true;
    }
}
