package dev.pawl.cli;

import dev.pawl.core.RunControl;
import java.util.List;

/** A run that obeys at once, but may leave processes behind. */
final class FakeRun implements RunControl {
    volatile String state = "running";
    volatile List<Integer> left = List.of();

    @Override
    public Stopped stop(String actor) {
        state = left.isEmpty() ? "ended" : "stopping";
        return new Stopped(1.5, 22.4, 33.4, 4, left);
    }

    @Override
    public Held freeze(String actor) {
        state = "frozen";
        return new Held(0.5, 4, "signals");
    }

    @Override
    public Held resume(String actor) {
        state = "running";
        return new Held(0.25, 4, "cgroup");
    }

    @Override
    public int processes() {
        return 4;
    }

    @Override
    public String state() {
        return state;
    }
}
