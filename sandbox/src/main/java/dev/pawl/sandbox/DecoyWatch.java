package dev.pawl.sandbox;

import dev.pawl.core.Body;
import dev.pawl.core.Monitor;
import dev.pawl.core.ProcessInfo;
import dev.pawl.sandbox.linux.Fd;
import dev.pawl.sandbox.linux.Kernel;
import dev.pawl.sandbox.linux.KernelException;
import dev.pawl.sandbox.linux.Sys;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/**
 * Records who opens a decoy. inotify sees every open but not by whom. So each decoy also carries a write lease: the
 * kernel holds whoever opens it until the lease is given up (fcntl(2), "Leases"), and in that moment the opener is the
 * thread of the run that waits in the kernel's lease code. A second open while the first is still going on is seen by
 * inotify alone, without its process.
 *
 * <p>One thread; lease signals are sent to it and blocked in it, so no other thread of this process is disturbed.
 */
final class DecoyWatch {
    private static final int SIGNAL = 43;
    private static final int O_RDWR = 2;
    private static final int F_OWNER_TID = 0;
    private static final int F_SETSIG = 10;
    private static final int F_SETOWN_EX = 15;
    private static final int F_SETLEASE = 1024;
    private static final int F_WRLCK = 1;
    private static final int F_UNLCK = 2;
    private static final int IN_MODIFY = 0x2;
    private static final int IN_CLOSE = 0x18;
    private static final int IN_OPEN = 0x20;
    private static final int IN_DELETE_SELF = 0x400;
    private static final int IN_MOVE_SELF = 0x800;
    private static final int POLL_MILLIS = 250;
    private static final long LOOK_NANOS = 500_000_000;

    private static final class Decoy {
        final String path;
        final Fd file;
        final int watch;
        int announced;

        Decoy(String path, Fd file, int watch) {
            this.path = path;
            this.file = file;
            this.watch = watch;
        }
    }

    private final ProcessOne one;
    private final Processes processes;
    private final Monitor monitor;
    private final List<Decoy> decoys = new ArrayList<>();
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Thread thread;
    private final BooleanSupplier ended;

    private DecoyWatch(
            ProcessOne one, Processes processes, Monitor monitor, Collection<String> paths, BooleanSupplier ended) {
        this.one = one;
        this.ended = ended;
        this.processes = processes;
        this.monitor = monitor;
        this.thread = Thread.ofPlatform().daemon().name("pawl-decoys").unstarted(() -> watch(paths));
    }

    /** Starts watching until {@code ended} says so; returns when every decoy that exists is watched. */
    static void start(
            ProcessOne one, Processes processes, Monitor monitor, Collection<String> paths, BooleanSupplier ended)
            throws IOException {
        DecoyWatch watch = new DecoyWatch(one, processes, monitor, paths, ended);
        watch.thread.start();
        try {
            watch.ready.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while planting decoys", e);
        }
    }

    private void watch(Collection<String> paths) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocateFrom(ValueLayout.JAVA_LONG, 1L << (SIGNAL - 1));
            Kernel.call(Sys.RT_SIGPROCMASK, 0, mask.address(), 0, 8);
            try (Fd signals = new Fd((int) Kernel.check(Sys.SIGNALFD4, -1, mask.address(), 8, 0x80800));
                    Fd notify = new Fd((int) Kernel.check(Sys.INOTIFY_INIT1, 0x80800, 0, 0))) {
                for (String path : paths) {
                    add(arena, path, notify);
                }
                ready.countDown();
                loop(arena, signals, notify);
            }
        } catch (KernelException e) {
            monitor.record(
                    new Body.Control("decoys", "sandbox", null, "not watched: " + e.getMessage()), null, null, null);
        } finally {
            ready.countDown();
            decoys.forEach(decoy -> decoy.file.close());
        }
    }

    private void add(Arena arena, String path, Fd notify) throws KernelException {
        String outside = "/proc/" + one.pid() + "/root" + path;
        Fd file;
        try {
            file = Fd.open(outside, O_RDWR);
        } catch (KernelException e) {
            // A granted path covers the place: nothing was planted there.
            return;
        }
        int watch = (int) Kernel.check(
                Sys.INOTIFY_ADD_WATCH,
                notify.number(),
                Kernel.text(arena, outside).address(),
                IN_OPEN | IN_CLOSE | IN_MODIFY | IN_DELETE_SELF | IN_MOVE_SELF);
        Decoy decoy = new Decoy(path, file, watch);
        lease(decoy, F_WRLCK);
        decoys.add(decoy);
    }

    private void loop(Arena arena, Fd signals, Fd notify) {
        MemorySegment poll = arena.allocate(16, 4);
        MemorySegment wait = arena.allocate(16, 8);
        MemorySegment buffer = arena.allocate(8192, 8);
        while (!ended.getAsBoolean()) {
            poll.set(ValueLayout.JAVA_INT, 0, signals.number());
            poll.set(ValueLayout.JAVA_INT, 4, 1);
            poll.set(ValueLayout.JAVA_INT, 8, notify.number());
            poll.set(ValueLayout.JAVA_INT, 12, 1);
            // The kernel leaves what was left of the time here.
            wait.set(ValueLayout.JAVA_LONG, 0, 0);
            wait.set(ValueLayout.JAVA_LONG, 8, POLL_MILLIS * 1_000_000L);
            Kernel.call(Sys.PPOLL, poll.address(), 2, wait.address());
            // Lease breaks first: the opener only shows in inotify after it was let go.
            while (Kernel.call(Sys.READ, signals.number(), buffer.address(), 128) == 128) {
                int fd = buffer.get(ValueLayout.JAVA_INT, 20);
                decoys.stream().filter(each -> each.file.number() == fd).forEach(this::opened);
            }
            long count = Kernel.call(Sys.READ, notify.number(), buffer.address(), buffer.byteSize());
            for (long at = 0; at + 16 <= count; at += 16 + buffer.get(ValueLayout.JAVA_INT, at + 12)) {
                int watch = buffer.get(ValueLayout.JAVA_INT, at);
                int mask = buffer.get(ValueLayout.JAVA_INT, at + 4);
                decoys.stream().filter(each -> each.watch == watch).forEach(each -> seen(each, mask));
            }
        }
    }

    private void opened(Decoy decoy) {
        ProcessInfo opener = opener().map(processes::caller).orElse(null);
        decoy.announced++;
        monitor.record(new Body.FileAccess(decoy.path, "read", true), opener, null, null);
        lease(decoy, F_UNLCK);
    }

    private void seen(Decoy decoy, int mask) {
        if ((mask & IN_OPEN) != 0) {
            if (decoy.announced > 0) {
                decoy.announced--;
            } else {
                monitor.record(new Body.FileAccess(decoy.path, "read", true), null, null, null);
            }
        }
        if ((mask & IN_MODIFY) != 0) {
            monitor.record(new Body.FileAccess(decoy.path, "write", true), null, null, null);
        }
        if ((mask & (IN_DELETE_SELF | IN_MOVE_SELF)) != 0) {
            monitor.record(new Body.FileAccess(decoy.path, "delete", true), null, null, null);
        }
        if ((mask & IN_CLOSE) != 0) {
            // Refused while another opener is there; its close tries again.
            lease(decoy, F_WRLCK);
        }
    }

    /**
     * The thread of this run that the kernel holds because of a lease. The signal is sent a moment before that thread goes
     * to sleep, and it sleeps until we let it go, so looking again finds it.
     */
    private Optional<Integer> opener() {
        long end = System.nanoTime() + LOOK_NANOS;
        do {
            for (int pid : one.others()) {
                for (int tid : ProcFs.threads(pid)) {
                    if (ProcFs.read("/proc/" + tid + "/wchan").contains("break_lease")) {
                        return Optional.of(tid);
                    }
                }
            }
        } while (System.nanoTime() < end);
        return Optional.empty();
    }

    /** Takes or gives up the lease. Giving it up forgets whom to tell and how, and the default signal kills: say it anew. */
    private static void lease(Decoy decoy, int type) {
        int file = decoy.file.number();
        if (type == F_WRLCK) {
            try (Arena arena = Arena.ofConfined()) {
                int tid = (int) Kernel.call(Sys.GETTID, 0, 0, 0);
                MemorySegment owner = arena.allocateFrom(ValueLayout.JAVA_INT, F_OWNER_TID, tid);
                if (Kernel.call(Sys.FCNTL, file, F_SETOWN_EX, owner.address()) < 0
                        || Kernel.call(Sys.FCNTL, file, F_SETSIG, SIGNAL) < 0) {
                    return;
                }
            }
        }
        // Refused on file systems without leases: inotify alone remains, and events carry no process.
        Kernel.call(Sys.FCNTL, file, F_SETLEASE, type);
    }
}
