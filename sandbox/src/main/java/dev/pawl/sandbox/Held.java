package dev.pawl.sandbox;

import dev.pawl.core.Act;
import dev.pawl.core.Holding;
import dev.pawl.core.ProcessInfo;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * An attempt that waits for a person's answer.
 *
 * @param tid the thread that made it
 * @param still whether that thread, and no other with its number, still waits or at least lives
 */
record Held(Processes processes, int tid, BooleanSupplier still, Description description) implements Holding {
    /** Reads what would be done. */
    @FunctionalInterface
    interface Description {
        Act read() throws IOException;
    }

    @Override
    public Act act() throws IOException {
        Act act = description.read();
        if (!waits()) {
            throw new IOException("who tried it is gone");
        }
        return act;
    }

    @Override
    public List<ProcessInfo> chain() {
        return processes.chain(tid);
    }

    @Override
    public boolean waits() {
        return still.getAsBoolean();
    }
}
