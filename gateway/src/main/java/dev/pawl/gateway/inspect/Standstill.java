package dev.pawl.gateway.inspect;

import java.util.ArrayList;
import java.util.List;

/** Holds what would go on while a run is frozen. Used on one event loop. */
final class Standstill {
    private final List<Runnable> held = new ArrayList<>();
    private boolean still;

    boolean still() {
        return still;
    }

    /** Runs at once, or when the run goes on. */
    void after(Runnable action) {
        if (still) {
            held.add(action);
        } else {
            action.run();
        }
    }

    void set(boolean on) {
        still = on;
        if (!on) {
            List<Runnable> due = List.copyOf(held);
            held.clear();
            due.forEach(this::after);
        }
    }
}
