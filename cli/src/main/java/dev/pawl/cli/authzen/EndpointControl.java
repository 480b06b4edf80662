package dev.pawl.cli.authzen;

import dev.pawl.core.Body;
import dev.pawl.core.Monitor;
import dev.pawl.core.RunControl;
import java.util.List;

/** What can be done to an endpoint: frozen it decides nothing, and a stop ends it. It holds no processes. Thread-safe. */
final class EndpointControl implements RunControl {
    private final Monitor monitor;
    private final Runnable end;
    private volatile boolean frozen;
    private volatile boolean stopping;

    /** @param end begins the end; must not wait */
    EndpointControl(Monitor monitor, Runnable end) {
        this.monitor = monitor;
        this.end = end;
    }

    /** Whether evaluations are decided now. */
    boolean decides() {
        return !frozen && !stopping;
    }

    @Override
    public Stopped stop(String actor) {
        stopping = true;
        note("stop", actor);
        end.run();
        return new Stopped(0, 0, 0, 0, List.of());
    }

    @Override
    public Held freeze(String actor) {
        frozen = true;
        note("freeze", actor);
        return new Held(0, 0, "answers");
    }

    @Override
    public Held resume(String actor) {
        frozen = false;
        note("resume", actor);
        return new Held(0, 0, "answers");
    }

    @Override
    public int processes() {
        return 0;
    }

    @Override
    public String state() {
        return stopping ? "stopping" : frozen ? "frozen" : "running";
    }

    private void note(String operation, String actor) {
        monitor.record(new Body.Control(operation, actor, null, null), null, null, null);
    }
}
