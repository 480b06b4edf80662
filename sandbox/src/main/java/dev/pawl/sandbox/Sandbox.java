package dev.pawl.sandbox;

import dev.pawl.core.Body;
import dev.pawl.core.Egress;
import dev.pawl.core.Monitor;
import dev.pawl.core.RunControl;
import dev.pawl.core.Terms;
import dev.pawl.sandbox.init.Orders;
import dev.pawl.sandbox.linux.Channel;
import dev.pawl.sandbox.linux.Fd;
import dev.pawl.sandbox.linux.Kernel;
import dev.pawl.sandbox.linux.Sys;
import dev.pawl.sandbox.seccomp.Notifications;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One agent, held. Thread-safe. */
public final class Sandbox implements RunControl, AutoCloseable {
    private static final int STOP_MILLIS = 10_000;
    private static final int FREEZE_MILLIS = 1_000;
    private static final int FREEZE_USUAL_MILLIS = 10;
    private static final long FREEZE_LOOK_NANOS = 5_000_000;
    private static final int REAP_MILLIS = 1_000;
    private static final int RLIMIT_NPROC = 6;
    private static final int RLIMIT_CORE = 4;

    private final ProcessOne one;
    private final Cgroup cgroup;
    private final Root root;
    private final Egress egress;
    private final Monitor monitor;
    private final Gate gate = new Gate();
    private final CompletableFuture<Integer> exit;
    private final CompletableFuture<String> complaint = new CompletableFuture<>();
    private @Nullable Thread freezer;
    private volatile String state = "running";

    private Sandbox(
            ProcessOne one, Cgroup cgroup, Root root, Egress egress, Monitor monitor, CompletableFuture<Integer> exit) {
        this.one = one;
        this.cgroup = cgroup;
        this.root = root;
        this.egress = egress;
        this.monitor = monitor;
        this.exit = exit;
    }

    /**
     * Starts a command in a prepared sandbox; the sandbox belongs to the result then.
     *
     * @param terms what may flow by the grant that a decision names as its rule
     * @throws IOException if the sandbox cannot be completed; it is gone then
     */
    public static Sandbox start(
            Prepared prepared, Task task, Stdio stdio, Monitor monitor, Egress egress, Function<String, Terms> terms)
            throws IOException {
        prepared.taken();
        CompletableFuture<Integer> exit = Reaper.exit(prepared.outer());
        try {
            Channel.Message sockets = prepared.receive();
            if (sockets.fds().isEmpty()) {
                throw new IOException(prepared.trouble());
            }
            Namespace namespace = Namespace.bind(sockets);
            egress.serve(namespace.listeners());
            ProcessOne one = new ProcessOne(prepared.processOne());
            Cgroup cgroup = Cgroup.make(task.run(), task.budget(), members(prepared, one));
            requireProcessLimit(cgroup);
            Sandbox sandbox = new Sandbox(one, cgroup, new Root(one.pid()), egress, monitor, exit);
            sandbox.order(prepared, task, stdio);
            sandbox.supervise(prepared, task, stdio, namespace, terms);
            return sandbox;
        } catch (IOException e) {
            prepared.kill();
            prepared.close();
            throw e;
        }
    }

    /** Completes with the agent's exit code, 128 plus the signal if one killed it, when all its processes are gone. */
    public CompletableFuture<Integer> exit() {
        return exit;
    }

    /** Why the command could not be started, empty text if it could; completes when that is known. */
    public CompletableFuture<String> complaint() {
        return complaint;
    }

    /** Process id of the sandbox's process 1, seen from here. */
    public int pid() {
        return one.pid();
    }

    /** Waits for an order that is being carried out, and says in which state the run was left: stopping if it was stopped. */
    public synchronized String settled() {
        return state;
    }

    /** Passes a signal on to the agent's first process. */
    public void signal(int signal) {
        List<Integer> others = one.others();
        if (!others.isEmpty()) {
            one.signal(others.getFirst(), signal);
        }
    }

    @Override
    public synchronized Stopped stop(String actor) {
        long begin = System.nanoTime();
        int processes = one.others().size();
        if (!state.equals("ended")) {
            state = "stopping";
        }
        egress.cut();
        final double flows = since(begin);
        one.kill();
        gate.shut(false);
        boolean gone = one.gone(STOP_MILLIS);
        double killed = since(begin);
        // A freeze holds bubblewrap too, and until that reaps process 1 it shows in the process table.
        cgroup.freeze(false);
        List<Integer> left = one.left();
        while (!left.isEmpty() && since(begin) < killed + REAP_MILLIS) {
            LockSupport.parkNanos(1_000_000);
            left = one.left();
        }
        Stopped stopped = new Stopped(flows, killed, since(begin), processes, left);
        monitor.record(
                new Body.Control(
                        "stop",
                        actor,
                        stopped.verifiedMillis(),
                        "flows closed after %.1f ms, %d processes gone after %.1f ms, %s"
                                .formatted(
                                        flows,
                                        processes,
                                        killed,
                                        gone && left.isEmpty() ? "none left" : "left: " + left)),
                null,
                null,
                null);
        return stopped;
    }

    @Override
    public synchronized Held freeze(String actor) {
        long begin = System.nanoTime();
        gate.shut(true);
        egress.pause(true);
        boolean still = cgroup.freeze(true) ? frozen() : one.stopAll();
        if (!cgroup.canFreeze() && !state.equals("frozen")) {
            freezer = Thread.ofPlatform().daemon().name("pawl-freezer").start(this::keepStill);
        }
        state = "frozen";
        Held held = new Held(since(begin), one.others().size(), means());
        note("freeze", actor, held, still ? null : "some processes were still moving");
        return held;
    }

    @Override
    public synchronized Held resume(String actor) {
        long begin = System.nanoTime();
        state = "running";
        gate.shut(false);
        if (!cgroup.freeze(false)) {
            letFreezerEnd();
            one.continueAll();
        }
        egress.pause(false);
        Held held = new Held(since(begin), one.others().size(), means());
        note("resume", actor, held, null);
        return held;
    }

    @Override
    public int processes() {
        return exit.isDone() ? 0 : one.others().size();
    }

    @Override
    public String state() {
        return exit.isDone() ? "ended" : state;
    }

    /** Waits for a stop that is under way, so that it is recorded before the record is closed. */
    @Override
    public synchronized void close() {
        one.kill();
        one.gone(STOP_MILLIS);
        egress.close();
        cgroup.close();
        root.close();
        one.close();
    }

    private static List<Integer> members(Prepared prepared, ProcessOne one) {
        List<Integer> members = new ArrayList<>(List.of(prepared.outer(), one.pid()));
        members.addAll(one.others());
        return members;
    }

    /** RLIMIT_NPROC does not bind the machine's root, whatever namespace it is in (kernel/fork.c). */
    private static void requireProcessLimit(Cgroup cgroup) throws IOException {
        if (Kernel.call(Sys.GETEUID, 0, 0, 0) == 0 && !cgroup.limitsProcesses()) {
            throw new IOException("as root Pawl needs the pids controller of a cgroup to limit processes, and there is"
                    + " none it may use; run as an ordinary user, or mount one");
        }
    }

    private String means() {
        return cgroup.canFreeze() ? "cgroup" : "signals";
    }

    /** A timer of the agent's own may send SIGCONT to the stopped: stop it again, for as long as the gate is shut. */
    private void keepStill() {
        while (gate.isShut() && !exit.isDone()) {
            one.stopAll();
            LockSupport.parkNanos(FREEZE_LOOK_NANOS);
        }
    }

    /** Otherwise its last stop could come after our continue. */
    private void letFreezerEnd() {
        Thread last = freezer;
        freezer = null;
        try {
            if (last != null) {
                last.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean frozen() {
        long begin = System.nanoTime();
        while (!cgroup.frozen() && since(begin) < FREEZE_MILLIS) {
            if (since(begin) > FREEZE_USUAL_MILLIS && heldOrFrozen()) {
                return true;
            }
            Thread.onSpinWait();
        }
        return cgroup.frozen();
    }

    /** The kernel calls no group frozen of which a thread waits for an answer; while the gate is shut it gets none. */
    private boolean heldOrFrozen() {
        return one.others().stream()
                .flatMap(pid -> ProcFs.threads(pid).stream())
                .allMatch(tid -> ProcFs.awaitsAnswer(tid) || ProcFs.isInFreezer(tid));
    }

    private void note(String operation, String actor, Held held, @Nullable String detail) {
        monitor.record(new Body.Control(operation, actor, held.tookMillis(), detail), null, null, null);
    }

    private void order(Prepared prepared, Task task, Stdio stdio) throws IOException {
        List<String> environment = new ArrayList<>();
        task.environment().forEach((name, value) -> environment.add(name + "=" + value));
        List<Orders.SmallFile> files = new ArrayList<>();
        task.decoys().forEach((path, content) -> files.add(new Orders.SmallFile(path, 0600, content)));
        Tty.Size size = stdio.size();
        Orders orders = new Orders(
                task.command(),
                environment,
                task.directory(),
                files,
                stdio.terminal(),
                size.rows(),
                size.columns(),
                List.of(new Orders.Limit(RLIMIT_NPROC, task.budget().processes()), new Orders.Limit(RLIMIT_CORE, 0)),
                prepared.blueprint().programOrders());
        try (Fd memory = Fd.memory(orders.encode())) {
            int[] fds = new int[1 + stdio.inside().size()];
            fds[0] = memory.number();
            for (int i = 1; i < fds.length; i++) {
                fds[i] = stdio.inside().get(i - 1).number();
            }
            prepared.channel().send(new byte[] {'O'}, fds);
        }
        stdio.handedOver();
    }

    /** Takes what the init sends until the listener is here; the agent waits in its first execve by then. */
    private void supervise(
            Prepared prepared, Task task, Stdio stdio, Namespace namespace, Function<String, Terms> terms)
            throws IOException {
        while (true) {
            Channel.Message message = prepared.receive();
            String text = new String(message.bytes(), StandardCharsets.UTF_8);
            if (text.equals("T") && message.fds().size() == 1) {
                stdio.join(message.fds().getFirst());
            } else if (text.equals("L") && message.fds().size() == 1) {
                Notifications notifications = new Notifications(message.fds().getFirst());
                Processes processes = new Processes(prepared.blueprint().user());
                ProgramFinder programs =
                        ProgramFinder.of(root, one::others, prepared.blueprint().programs());
                Acts acts = new Acts(processes, programs, root, task.environment());
                ExecutorService workers = Supervisor.workers();
                Connections connections = new Connections(
                        notifications, processes, monitor, egress, terms, namespace, root, acts, gate, workers);
                Supervisor supervisor =
                        new Supervisor(notifications, processes, programs, monitor, connections, acts, gate, workers);
                DecoyWatch.start(one, processes, monitor, task.decoys().keySet(), exit::isDone);
                Sampler sampler = new Sampler(one, task.budget(), monitor, gate, this::budgetSpent);
                Thread.ofPlatform().daemon().name("pawl-sampler").start(() -> sampler.follow(exit));
                Thread.ofPlatform().daemon().name("pawl-supervisor").start(supervisor);
                Thread.ofPlatform().daemon().name("pawl-init").start(() -> await(prepared));
                return;
            } else {
                throw new IOException(text.startsWith("E") ? text.substring(1) : prepared.trouble());
            }
        }
    }

    private void budgetSpent(String what) {
        monitor.record(new Body.Control("budget", "sandbox", null, what), null, null, null);
        stop("budget");
    }

    /** The channel closes by itself when the agent's program has replaced the init. */
    private void await(Prepared prepared) {
        try (prepared) {
            byte[] said = prepared.receive().bytes();
            complaint.complete(said.length == 0 ? "" : new String(said, 1, said.length - 1, StandardCharsets.UTF_8));
        } catch (IOException e) {
            complaint.complete("");
        }
    }

    private static double since(long begin) {
        return (System.nanoTime() - begin) / 1e6;
    }
}
