package dev.pawl.cli.mcp;

import dev.pawl.core.Body;
import dev.pawl.core.Monitor;
import dev.pawl.core.RunControl;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What can be done to a server of tools: nothing passes while it is frozen, and a stop ends it with all it started. It is a
 * process of the user as any other: what left its tree is not found. Thread-safe.
 */
final class ServerControl implements RunControl {
    private static final int PATIENCE_SECONDS = 2;

    private final Process server;
    private final Turnstile turnstile;
    private final Monitor monitor;
    private volatile boolean stopping;

    ServerControl(Process server, Turnstile turnstile, Monitor monitor) {
        this.server = server;
        this.turnstile = turnstile;
        this.monitor = monitor;
    }

    @Override
    public Stopped stop(String actor) {
        long begun = System.nanoTime();
        stopping = true;
        turnstile.close();
        double flows = millis(begun);
        List<ProcessHandle> all = all();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(ServerControl::await);
        double killed = millis(begun);
        List<Integer> left = all.stream()
                .filter(ProcessHandle::isAlive)
                .map(process -> (int) process.pid())
                .toList();
        note("stop", actor, millis(begun));
        return new Stopped(flows, killed, millis(begun), all.size(), left);
    }

    private static void await(ProcessHandle process) {
        try {
            var _ = process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            // Whether it is gone is looked at once more.
            return;
        }
    }

    /** Ends what is left of it. */
    void quietly() {
        turnstile.close();
        all().forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public Held freeze(String actor) {
        long begun = System.nanoTime();
        turnstile.shut();
        note("freeze", actor, millis(begun));
        return new Held(millis(begun), processes(), "messages");
    }

    @Override
    public Held resume(String actor) {
        long begun = System.nanoTime();
        turnstile.open();
        note("resume", actor, millis(begun));
        return new Held(millis(begun), processes(), "messages");
    }

    @Override
    public int processes() {
        return (int) all().stream().filter(ProcessHandle::isAlive).count();
    }

    @Override
    public String state() {
        if (!server.isAlive()) {
            return "ended";
        }
        return stopping ? "stopping" : turnstile.isShut() ? "frozen" : "running";
    }

    private List<ProcessHandle> all() {
        return Stream.concat(Stream.of(server.toHandle()), server.descendants()).toList();
    }

    private void note(String operation, String actor, double took) {
        var _ = monitor.record(new Body.Control(operation, actor, took, null), null, null, null);
    }

    private static double millis(long since) {
        return (System.nanoTime() - since) / 1e6;
    }
}
