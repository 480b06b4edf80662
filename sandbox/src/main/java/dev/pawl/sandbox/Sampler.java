package dev.pawl.sandbox;

import dev.pawl.core.Body;
import dev.pawl.core.Budget;
import dev.pawl.core.Monitor;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Looks at a run twice a second: records its use of the machine every {@value #RECORD_SECONDS} seconds, and says when a
 * budget is spent. Memory is the sum of resident sets, which counts shared pages once per process; processor time counts
 * children when their parent has waited for them.
 */
final class Sampler {
    private static final int LOOK_MILLIS = 500;
    private static final int RECORD_SECONDS = 5;
    private static final double TICKS_PER_SECOND = 100;
    private static final long PAGE = 4096;

    private record Use(double cpuSeconds, long memoryBytes, int processes) {}

    private final ProcessOne one;
    private final Budget budget;
    private final Monitor monitor;
    private final Gate gate;
    private final Consumer<String> spent;
    private long frozenNanos;

    Sampler(ProcessOne one, Budget budget, Monitor monitor, Gate gate, Consumer<String> spent) {
        this.one = one;
        this.budget = budget;
        this.monitor = monitor;
        this.gate = gate;
        this.spent = spent;
    }

    /** Runs until the run has ended. */
    void follow(CompletableFuture<Integer> exit) {
        long begin = System.nanoTime();
        long last = begin;
        long recorded = begin;
        double cpuRecorded = 0;
        boolean said = false;
        while (!ended(exit)) {
            long now = System.nanoTime();
            if (gate.isShut()) {
                frozenNanos += now - last;
            }
            last = now;
            Use use = use();
            Optional<String> over = over(use, Duration.ofNanos(now - begin - frozenNanos));
            if (over.isPresent() && !said) {
                said = true;
                spent.accept(over.get());
            }
            if (now - recorded >= TimeUnit.SECONDS.toNanos(RECORD_SECONDS)) {
                monitor.record(
                        new Body.Resource(
                                (now - recorded) / 1e9, use.cpuSeconds - cpuRecorded, use.memoryBytes, use.processes),
                        null,
                        null,
                        null);
                recorded = now;
                cpuRecorded = use.cpuSeconds;
            }
        }
    }

    private static boolean ended(CompletableFuture<Integer> exit) {
        try {
            exit.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException | ExecutionException e) {
            return true;
        }
    }

    private Optional<String> over(Use use, Duration wall) {
        if (budget.wall().isPresent() && wall.compareTo(budget.wall().get()) > 0) {
            return Optional.of("wall time of " + budget.wall().get() + " spent");
        }
        if (budget.cpu().isPresent() && use.cpuSeconds > budget.cpu().get().toMillis() / 1000.0) {
            return Optional.of("processor time of " + budget.cpu().get() + " spent");
        }
        if (budget.memoryBytes().isPresent()
                && use.memoryBytes > budget.memoryBytes().get()) {
            return Optional.of("memory of " + budget.memoryBytes().get() + " bytes exceeded");
        }
        return Optional.empty();
    }

    private Use use() {
        double cpu = 0;
        long memory = 0;
        int processes = 0;
        for (int pid : one.others()) {
            // utime, stime, cutime, cstime and rss of proc(5)
            for (int field = 14; field <= 17; field++) {
                cpu += ProcFs.stat(pid, field) / TICKS_PER_SECOND;
            }
            memory += ProcFs.stat(pid, 24) * PAGE;
            processes++;
        }
        cpu += (ProcFs.stat(one.pid(), 16) + ProcFs.stat(one.pid(), 17)) / TICKS_PER_SECOND;
        return new Use(cpu, memory, processes);
    }
}
