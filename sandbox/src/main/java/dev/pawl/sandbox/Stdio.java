package dev.pawl.sandbox;

import dev.pawl.sandbox.linux.Errno;
import dev.pawl.sandbox.linux.Fd;
import dev.pawl.sandbox.linux.Kernel;
import dev.pawl.sandbox.linux.KernelException;
import dev.pawl.sandbox.linux.Sys;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Standard input, output and error of a run. The agent never holds an open file of the host: pipes and /dev/null are
 * passed on, a terminal becomes a new one inside, everything else (a file could be reopened for writing through
 * /proc/self/fd, a directory is a way out of the mount namespace, a socket belongs to another network) is pumped
 * through a pipe. Belongs to one thread, but its pumps run on their own.
 */
public final class Stdio implements AutoCloseable {
    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final int BUFFER = 1 << 16;
    private static final int POLL_MILLIS = 200;

    private final List<Integer> user;
    private final List<Boolean> terminal = new ArrayList<>();
    private final List<Fd> inside = new ArrayList<>();
    private final List<Thread> outputs = new ArrayList<>();
    private final @Nullable Integer tty;
    private final byte @Nullable [] modes;
    private volatile boolean ended;

    /**
     * Looks at three descriptors of this process, which stay the caller's.
     *
     * @throws KernelException if a pipe cannot be made
     */
    public Stdio(int in, int out, int error) throws KernelException {
        this.user = List.of(in, out, error);
        Integer found = null;
        for (int i = 0; i < 3; i++) {
            int fd = user.get(i);
            boolean isTty = Tty.is(fd);
            terminal.add(isTty);
            if (isTty) {
                found = found == null ? Integer.valueOf(fd) : found;
            } else if (passes(fd)) {
                inside.add(new Fd(copy(fd)));
            } else if (i == 0) {
                Fd.Pair pipe = Fd.pipe();
                inside.add(pipe.first());
                pump("pawl-stdin", copy(fd), pipe.second().release(), true);
            } else {
                Fd.Pair pipe = Fd.pipe();
                inside.add(pipe.second());
                outputs.add(pump("pawl-output", pipe.first().release(), copy(fd), false));
            }
        }
        tty = found;
        modes = found != null && terminal.getFirst() && Tty.foreground(found) ? Tty.modes(found) : null;
    }

    /** Whether one of these descriptors is a terminal. */
    public static boolean anyTerminal(int... fds) {
        return Arrays.stream(fds).anyMatch(Tty::is);
    }

    /** Which descriptors are a terminal. */
    List<Boolean> terminal() {
        return terminal;
    }

    /** Descriptors for the agent, in order, without those that are a terminal. */
    List<Fd> inside() {
        return inside;
    }

    Tty.Size size() {
        return tty == null ? new Tty.Size(0, 0) : Tty.size(tty);
    }

    /** The agent has its copies; ours would keep its pipes open. */
    void handedOver() {
        inside.forEach(Fd::close);
    }

    /** Joins the user's terminal with the master side of the agent's. */
    void join(Fd master) throws KernelException {
        int fd = master.release();
        if (tty == null) {
            return;
        }
        outputs.add(pump("pawl-terminal-output", fd, copy(tty), false));
        if (modes != null) {
            Tty.modes(fd, modes);
            Tty.modes(tty, Tty.raw(modes));
            pump("pawl-terminal-input", copy(tty), copy(fd), true);
        }
        int screen = copy(tty);
        int sizes = copy(fd);
        start("pawl-terminal-size", () -> follow(screen, sizes));
    }

    /** Waits until everything the agent wrote has been passed on, and gives the terminal back as it was. */
    @Override
    public void close() {
        ended = true;
        handedOver();
        for (Thread output : outputs) {
            boolean interrupted = false;
            try {
                output.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        restore();
    }

    /** Gives the terminal back as it was; may be called at any time, also twice. */
    public void restore() {
        if (tty != null && modes != null) {
            Tty.modes(tty, modes);
        }
    }

    private static int copy(int fd) throws KernelException {
        return (int) Kernel.check(Sys.FCNTL, fd, F_DUPFD_CLOEXEC, 3);
    }

    private static boolean passes(int fd) {
        String target = ProcFs.link("/proc/self/fd/" + fd);
        return target.startsWith("pipe:[") || target.equals("/dev/null");
    }

    /** Copies until either side ends, and closes both: numbers of its own, as the caller may close and reuse the user's. */
    private Thread pump(String name, int from, int to, boolean input) {
        return start(name, () -> {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment buffer = arena.allocate(BUFFER);
                MemorySegment poll = arena.allocate(8, 4);
                MemorySegment wait = arena.allocate(16, 8);
                while (!(input && ended)) {
                    // Input may never come: look now and then whether the run is over.
                    if (input && !ready(poll, wait, from)) {
                        continue;
                    }
                    long count = Kernel.retry(Sys.READ, from, buffer.address(), BUFFER, 0);
                    if (count <= 0 || !writeAll(to, buffer, count)) {
                        break;
                    }
                }
            }
            Kernel.call(Sys.CLOSE, from, 0, 0);
            Kernel.call(Sys.CLOSE, to, 0, 0);
        });
    }

    private static boolean ready(MemorySegment poll, MemorySegment wait, int fd) {
        poll.set(ValueLayout.JAVA_INT, 0, fd);
        poll.set(ValueLayout.JAVA_SHORT, 4, (short) 1);
        wait.set(ValueLayout.JAVA_LONG, 0, 0);
        wait.set(ValueLayout.JAVA_LONG, 8, POLL_MILLIS * 1_000_000L);
        return Kernel.call(Sys.PPOLL, poll.address(), 1, wait.address()) > 0;
    }

    private static boolean writeAll(int to, MemorySegment buffer, long count) {
        long done = 0;
        while (done < count) {
            long written = Kernel.retry(Sys.WRITE, to, buffer.address() + done, count - done, 0);
            if (written == -Errno.EAGAIN) {
                // The user's side was set non-blocking by somebody else who shares it.
                Thread.onSpinWait();
                continue;
            }
            if (written < 0) {
                return false;
            }
            done += written;
        }
        return true;
    }

    private void follow(int from, int master) {
        Tty.Size last = Tty.size(from);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment wait = arena.allocate(16, 8);
            while (!ended) {
                // The kernel leaves what was left of the time here.
                wait.set(ValueLayout.JAVA_LONG, 0, 0);
                wait.set(ValueLayout.JAVA_LONG, 8, POLL_MILLIS * 1_000_000L);
                Kernel.call(Sys.PPOLL, 0, 0, wait.address());
                Tty.Size now = Tty.size(from);
                if (!now.equals(last)) {
                    Tty.size(master, now);
                    last = now;
                }
            }
        }
        Kernel.call(Sys.CLOSE, from, 0, 0);
        Kernel.call(Sys.CLOSE, master, 0, 0);
    }

    private static Thread start(String name, Runnable body) {
        return Thread.ofPlatform().daemon().name(name).start(body);
    }
}
