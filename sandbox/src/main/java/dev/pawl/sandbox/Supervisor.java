package dev.pawl.sandbox;

import dev.pawl.core.Attempt;
import dev.pawl.core.Body;
import dev.pawl.core.Monitor;
import dev.pawl.core.ProcessInfo;
import dev.pawl.sandbox.linux.Errno;
import dev.pawl.sandbox.linux.KernelException;
import dev.pawl.sandbox.seccomp.Notifications;
import dev.pawl.sandbox.seccomp.Notifications.Call;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Answers every notified call of one run. One thread receives; programs are recorded and let go on that thread, because
 * a build starts thousands of them; connections go to workers, because a blocking one may wait. Whatever goes wrong, the
 * call fails: nothing is let through by an exception.
 */
final class Supervisor implements Runnable {
    private final Notifications notifications;
    private final Processes processes;
    private final ProgramFinder programs;
    private final Monitor monitor;
    private final Connections connections;
    private final Acts acts;
    private final Gate gate;
    private final ExecutorService workers;

    Supervisor(
            Notifications notifications,
            Processes processes,
            ProgramFinder programs,
            Monitor monitor,
            Connections connections,
            Acts acts,
            Gate gate,
            ExecutorService workers) {
        this.notifications = notifications;
        this.processes = processes;
        this.programs = programs;
        this.monitor = monitor;
        this.connections = connections;
        this.acts = acts;
        this.gate = gate;
        this.workers = workers;
    }

    /** Threads for calls that may block; there are as many as calls that do, and soon none when none does. */
    static ExecutorService workers() {
        return new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                1,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform().daemon().name("pawl-connect-", 0).factory());
    }

    @Override
    public void run() {
        Call call = notifications.next();
        while (call != null) {
            gate.pass();
            answer(call);
            call = notifications.next();
        }
        workers.shutdown();
    }

    private void answer(Call call) {
        try {
            switch (call.sys()) {
                case EXECVE, EXECVEAT -> execute(call);
                case CONNECT -> workers.execute(() -> guarded(call, connections::connect));
                case SENDTO, SENDMMSG -> workers.execute(() -> guarded(call, connections::datagram));
                default -> notifications.fail(call.id(), Errno.EPERM);
            }
        } catch (RuntimeException | Error e) {
            notifications.fail(call.id(), Errno.EACCES);
            if (!(e instanceof RejectedExecutionException)) {
                report(call, e);
            }
        }
    }

    private void execute(Call call) {
        ProcessInfo caller = processes.caller(call.tid());
        Processes.ExecRequest request = processes.requested(caller, call);
        Optional<String> file = programs.file(request);
        if (file.isEmpty()) {
            // Programs are looked for along PATH by trying. Nothing runs, so nothing is recorded.
            notifications.fail(call.id(), Errno.ENOENT);
            return;
        }
        if (!notifications.valid(call.id())) {
            return;
        }
        Held held = new Held(processes, call.tid(), () -> notifications.valid(call.id()), () -> acts.exec(call));
        Monitor.Verdict verdict = monitor.judge(new Attempt.Exec(request.program(), file.get()), caller, held);
        if (verdict.answer().isPresent()) {
            verdict.answer().get().then(judged -> carryOut(call, judged));
        } else {
            carryOut(call, verdict.now());
        }
    }

    private void carryOut(Call call, Monitor.Judged judged) {
        if (judged.decision().allowed()) {
            notifications.proceed(call.id());
        } else {
            notifications.fail(call.id(), Errno.EACCES);
        }
    }

    private interface Handler {
        void handle(Call call) throws KernelException;
    }

    private void guarded(Call call, Handler handler) {
        try {
            handler.handle(call);
        } catch (KernelException e) {
            notifications.fail(call.id(), e.errno());
        } catch (RuntimeException | Error e) {
            notifications.fail(call.id(), Errno.EACCES);
            report(call, e);
        }
    }

    /** A fault of Pawl itself: the owner reads of it in the record, the agent only gets its denial. */
    private void report(Call call, Throwable fault) {
        String detail = "internal fault at " + call.sys() + ", denied: " + fault;
        monitor.record(new Body.Control("fault", "sandbox", null, detail), null, null, null);
    }
}
