package dev.pawl.server;

import dev.pawl.core.Answer;
import dev.pawl.core.Monitor.Judged;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An answer on its way from whoever brings it to whoever carries it out. Thread-safe. */
final class Later implements Answer {
    private @Nullable Consumer<Judged> carryOut;
    private @Nullable Judged judged;
    private boolean gaveUp;

    @Override
    public void then(Consumer<Judged> action) {
        Judged here;
        synchronized (this) {
            here = judged;
            carryOut = action;
        }
        if (here != null) {
            action.accept(here);
        }
    }

    @Override
    public synchronized void giveUp() {
        gaveUp = true;
    }

    synchronized boolean waits() {
        return !gaveUp;
    }

    /** Brings the answer, and has it carried out if somebody is there to do it. */
    void bring(Judged answer) {
        Consumer<Judged> action;
        synchronized (this) {
            judged = answer;
            action = carryOut;
        }
        if (action != null) {
            action.accept(answer);
        }
    }
}
