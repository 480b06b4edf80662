package dev.pawl.server;

import dev.pawl.core.RunControl;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A run that obeys at once and remembers who gave the orders. */
final class FakeRun implements RunControl {
    final List<String> orders = new CopyOnWriteArrayList<>();
    volatile String state = "running";
    volatile List<Integer> left = List.of();

    @Override
    public Stopped stop(String actor) {
        orders.add("stop by " + actor);
        state = "ended";
        return new Stopped(1.5, 2.5, 3.5, 4, left);
    }

    @Override
    public Held freeze(String actor) {
        orders.add("freeze by " + actor);
        state = "frozen";
        return new Held(0.5, 4, "signals");
    }

    @Override
    public Held resume(String actor) {
        orders.add("resume by " + actor);
        state = "running";
        return new Held(0.25, 4, "cgroup");
    }

    @Override
    public int processes() {
        return 4;
    }

    @Override
    public String state() {
        if (state.isEmpty()) {
            throw new IllegalStateException("no state");
        }
        return state;
    }
}
