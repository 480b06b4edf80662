package dev.pawl.server;

import dev.pawl.core.Body;
import dev.pawl.core.Event;
import dev.pawl.core.RunControl;
import dev.pawl.core.Ulid;
import dev.pawl.ledger.Ledger;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends a run whose supervisor does not answer. The supervisor goes first: with it go the relay, so every flow, and the
 * answers to the sandbox's system calls. Then the sandbox and whatever else descended from the supervisor. The sandbox's
 * first process is the init of its pid namespace or its parent; the kernel ends the rest with it.
 */
final class HardStop {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private HardStop() {}

    static RunControl.Stopped of(RunDirectory directory, RunFacts facts) {
        long start = System.nanoTime();
        Set<RunFacts.Held> all = new LinkedHashSet<>();
        all.add(facts.supervisor());
        facts.sandbox().ifPresent(all::add);
        all.addAll(descendants(facts.supervisor()));
        facts.sandbox().map(HardStop::descendants).ifPresent(all::addAll);
        int processes = (int) all.stream().filter(held -> !held.gone()).count();

        kill(facts.supervisor());
        await(Set.of(facts.supervisor()), start);
        double flows = since(start);
        all.forEach(HardStop::kill);
        await(all, start);
        double killed = since(start);
        List<Integer> left = all.stream()
                .filter(held -> !held.gone())
                .map(RunFacts.Held::pid)
                .toList();
        RunControl.Stopped stopped = new RunControl.Stopped(flows, killed, since(start), processes, left);
        if (facts.supervisor().gone()) {
            record(directory, facts, stopped);
        }
        return stopped;
    }

    /** Does nothing if the pid names another process by now; ProcessHandle looks at the start time again. */
    private static void kill(RunFacts.Held held) {
        if (!held.gone()) {
            ProcessHandle.of(held.pid())
                    .filter(handle -> !held.gone()
                            && handle.pid() != ProcessHandle.current().pid())
                    .ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private static List<RunFacts.Held> descendants(RunFacts.Held held) {
        if (held.gone()) {
            return List.of();
        }
        return ProcessHandle.of(held.pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .flatMap(handle -> RunFacts.Held.of((int) handle.pid()).stream())
                .toList();
    }

    private static void await(Set<RunFacts.Held> all, long start) {
        while (!all.stream().allMatch(RunFacts.Held::gone) && System.nanoTime() - start < PATIENCE_NANOS) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    /** The supervisor can write no more. A record on a full disk stays without an end. */
    private static void record(RunDirectory directory, RunFacts facts, RunControl.Stopped stopped) {
        Clock clock = Clock.systemUTC();
        Ulid ids = new Ulid(clock);
        List<Body> bodies = new ArrayList<>();
        bodies.add(new Body.Control(
                "stop",
                Users.name(),
                stopped.verifiedMillis(),
                "the supervisor did not answer and was killed; left: " + stopped.left()));
        if (stopped.left().isEmpty()) {
            bodies.add(new Body.Control("end", Users.name(), null, "killed"));
        }
        try (Ledger ledger = Ledger.open(directory.home())) {
            List<Event> events = new ArrayList<>();
            for (Body body : bodies) {
                Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
                events.add(new Event(ids.next(), now, facts.agent(), facts.run(), null, null, body, null));
            }
            ledger.commit(events);
            if (stopped.left().isEmpty()) {
                directory.recordEnded(ledger.size());
            }
        } catch (IOException e) {
            System.err.println("pawl: the stop of " + facts.run() + " could not be recorded: " + e.getMessage());
        }
    }
}
