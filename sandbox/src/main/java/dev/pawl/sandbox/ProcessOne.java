package dev.pawl.sandbox;

import dev.pawl.sandbox.linux.Fd;
import dev.pawl.sandbox.linux.Kernel;
import dev.pawl.sandbox.linux.KernelException;
import dev.pawl.sandbox.linux.Sys;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Process 1 of a sandbox, on whose life every other process of it depends: when it dies the kernel kills the rest, and
 * it only counts as dead when the last of them is gone (pid_namespaces(7)). Thread-safe.
 */
final class ProcessOne implements AutoCloseable {
    private static final int SIGKILL = 9;
    private static final int SIGSTOP = 19;
    private static final int SIGCONT = 18;

    private final int pid;
    private final Fd handle;
    private final String namespace;

    ProcessOne(int pid) throws KernelException {
        this.pid = pid;
        this.handle = new Fd((int) Kernel.check(Sys.PIDFD_OPEN, pid, 0, 0));
        this.namespace = ProcFs.link("/proc/" + pid + "/ns/pid");
    }

    int pid() {
        return pid;
    }

    /** Processes of the sandbox but process 1 itself, parents first. */
    List<Integer> others() {
        List<Integer> tree = ProcFs.tree(pid);
        return tree.subList(1, tree.size());
    }

    void kill() {
        Kernel.call(Sys.PIDFD_SEND_SIGNAL, handle.number(), SIGKILL, 0);
    }

    /** Waits until it and every other process of the namespace are gone. False if that took too long. */
    boolean gone(int millis) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment poll = arena.allocate(8, 4);
            poll.set(ValueLayout.JAVA_INT, 0, handle.number());
            poll.set(ValueLayout.JAVA_SHORT, 4, (short) 1);
            MemorySegment wait = arena.allocateFrom(ValueLayout.JAVA_LONG, millis / 1000, millis % 1000 * 1_000_000L);
            return Kernel.call(Sys.PPOLL, poll.address(), 1, wait.address()) > 0;
        }
    }

    /** Looks through the whole process table for members of the namespace: the proof that none is left. */
    List<Integer> left() {
        List<Integer> left = new ArrayList<>();
        String[] names = Path.of("/proc").toFile().list((dir, name) -> Character.isDigit(name.charAt(0)));
        for (String name : names == null ? new String[0] : names) {
            if (!namespace.isEmpty()
                    && ProcFs.link("/proc/" + name + "/ns/pid").equals(namespace)
                    && !awaitsReaping(Integer.parseInt(name))) {
                left.add(Integer.parseInt(name));
            }
        }
        return left;
    }

    /**
     * Whether a process runs no code any more: process 1 itself shows its namespace until its parent has waited for it.
     * A leader that ended before its threads looks the same, but still has them.
     */
    private static boolean awaitsReaping(int pid) {
        long state = ProcFs.stat(pid, 3);
        return state == 0
                || state == 'X'
                || (state == 'Z' && ProcFs.threads(pid).size() <= 1);
    }

    /** Sends a stop to every process until all stand still; true if they do. */
    boolean stopAll() {
        for (int round = 0; round < 100; round++) {
            boolean moving = false;
            for (int other : others()) {
                long state = ProcFs.stat(other, 3);
                if (state != 'T' && state != 'Z' && state != 'X' && state != 0) {
                    moving |= !held(other);
                    signal(other, SIGSTOP);
                }
            }
            if (!moving) {
                return true;
            }
        }
        return false;
    }

    /** Whether every thread is stopped, or would be once the call it stands in is answered. */
    private static boolean held(int process) {
        return ProcFs.threads(process).stream().allMatch(tid -> ProcFs.stat(tid, 3) == 'T' || ProcFs.awaitsAnswer(tid));
    }

    void continueAll() {
        for (int other : others()) {
            signal(other, SIGCONT);
        }
    }

    /** Sends a signal to a process only if it belongs to this sandbox. */
    void signal(int other, int signal) {
        long opened = Kernel.call(Sys.PIDFD_OPEN, other, 0, 0);
        if (opened < 0) {
            return;
        }
        try (Fd process = new Fd((int) opened)) {
            if (ProcFs.link("/proc/" + other + "/ns/pid").equals(namespace)) {
                Kernel.call(Sys.PIDFD_SEND_SIGNAL, process.number(), signal, 0);
            }
        }
    }

    @Override
    public void close() {
        handle.close();
    }
}
