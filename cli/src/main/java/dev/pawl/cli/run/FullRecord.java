package dev.pawl.cli.run;

import dev.pawl.core.Body;
import dev.pawl.core.Monitor;
import dev.pawl.core.RunControl;
import dev.pawl.ledger.Ledger;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a run when the record has no more room: its agent is frozen, not stopped, the record and the person are
 * told, and it goes on only by a person's word and when there is room again. Thread-safe.
 */
final class FullRecord implements Runnable {
    private static final String TITLE = "the disk of the record is full";

    private final Ledger ledger;
    private final String run;
    private final Monitor monitor;
    private final AtomicReference<? extends @Nullable RunControl> held;
    private final Consumer<String> toPerson;

    FullRecord(
            Ledger ledger,
            String run,
            Monitor monitor,
            AtomicReference<? extends @Nullable RunControl> held,
            Consumer<String> toPerson) {
        this.ledger = ledger;
        this.run = run;
        this.monitor = monitor;
        this.held = held;
        this.toPerson = toPerson;
    }

    /** Does not block: whoever finds the disk full may be the one who answers the run's attempts. */
    @Override
    public void run() {
        Thread.ofPlatform().daemon().name("pawl-record-full").start(this::freeze);
    }

    /** Freezes a run that had no sandbox yet when the disk became full. */
    void look() throws IOException {
        if (!ledger.hasRoom()) {
            freeze();
        }
    }

    /** The control of a run that does not resume while the record has no room. */
    RunControl guard(RunControl run) {
        return new Guarded(run, ledger);
    }

    private void freeze() {
        RunControl sandbox = held.get();
        if (sandbox == null || sandbox.state().equals("ended")) {
            return;
        }
        sandbox.freeze("ledger");
        monitor.record(
                new Body.Finding("record", TITLE, Body.Severity.ACT, null, List.of(), List.of()), null, null, null);
        toPerson.accept("pawl: " + TITLE + ": " + run + " is frozen; make room, then: pawl resume " + run);
    }

    private record Guarded(RunControl run, Ledger ledger) implements RunControl {
        @Override
        public Stopped stop(String actor) {
            return run.stop(actor);
        }

        @Override
        public Held freeze(String actor) {
            return run.freeze(actor);
        }

        @Override
        public Held resume(String actor) {
            try {
                if (!ledger.hasRoom()) {
                    throw new IllegalStateException(TITLE + "; make room first");
                }
            } catch (IOException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
            return run.resume(actor);
        }

        @Override
        public int processes() {
            return run.processes();
        }

        @Override
        public String state() {
            return run.state();
        }
    }
}
