package dev.pawl.sandbox;

import dev.pawl.sandbox.linux.Fd;
import dev.pawl.sandbox.linux.Kernel;
import dev.pawl.sandbox.linux.KernelException;
import dev.pawl.sandbox.linux.Sys;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Standard input, output and error of a run. The agent never holds an open file of the host: pipes and /dev/null are
 * passed on, a terminal becomes a new one inside, everything else (a file could be reopened for writing through
 * /proc/self/fd, a directory is a way out of the mount namespace, a socket belongs to another network) is pumped
 * through a pipe. Belongs to one thread, but its pumps run on their own.
 */
public final class Stdio implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final int POLL_MILLIS = 200;

    private final List<Integer> user;
    private final List<Boolean> terminal = new ArrayList<>();
    private final List<Fd> inside = new ArrayList<>();
    private final List<Thread> outputs = new ArrayList<>();
    private final @Nullable Integer tty;
    private final byte @Nullable [] modes;
    private volatile @Nullable UserTerminal joined;
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
                inside.add(new Fd(Io.copy(fd)));
            } else if (i == 0) {
                Fd.Pair pipe = Fd.pipe();
                inside.add(pipe.first());
                pump("pawl-stdin", Io.copy(fd), pipe.second().release(), true);
            } else {
                Fd.Pair pipe = Fd.pipe();
                inside.add(pipe.second());
                outputs.add(pump("pawl-output", pipe.first().release(), Io.copy(fd), false));
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
        if (modes != null) {
            Tty.modes(fd, modes);
            Tty.modes(tty, Tty.raw(modes));
        }
        joined = new UserTerminal(Io.copy(tty), fd, modes != null);
    }

    /** Whether a person reads the agent's output on the terminal where she types. */
    public boolean interactive() {
        return modes != null && terminal.get(1);
    }

    /** Takes that terminal from the agent for a while; empty where there is none, or not now. */
    public Optional<Screen> borrow() {
        UserTerminal there = joined;
        return there == null || !interactive() ? Optional.empty() : there.borrow();
    }

    /** Rings the terminal's bell. */
    public void ring() {
        UserTerminal there = joined;
        if (there != null) {
            there.ring();
        }
    }

    /** Waits until everything the agent wrote has been passed on, and gives the terminal back as it was. */
    @Override
    public void close() {
        ended = true;
        handedOver();
        UserTerminal there = joined;
        if (there != null) {
            there.end();
        }
        outputs.forEach(Io::join);
        restore();
    }

    /** Gives the terminal back as it was; may be called at any time, also twice. */
    public void restore() {
        UserTerminal there = joined;
        if (there != null) {
            there.giveBack();
        }
        if (tty != null && modes != null) {
            Tty.modes(tty, modes);
        }
    }

    private static boolean passes(int fd) {
        String target = ProcFs.link("/proc/self/fd/" + fd);
        return target.startsWith("pipe:[") || target.equals("/dev/null");
    }

    /** Copies until either side ends, and closes both: numbers of its own, as the caller may close and reuse the user's. */
    private Thread pump(String name, int from, int to, boolean input) {
        return Io.start(name, () -> {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment buffer = arena.allocate(BUFFER);
                while (!(input && ended)) {
                    // Input may never come: look now and then whether the run is over.
                    if (input && Io.ready(from, POLL_MILLIS) == 0) {
                        continue;
                    }
                    long count = Kernel.retry(Sys.READ, from, buffer.address(), BUFFER, 0);
                    if (count <= 0 || !Io.writeAll(to, buffer, 0, count)) {
                        break;
                    }
                }
            }
            Kernel.call(Sys.CLOSE, from, 0, 0);
            Kernel.call(Sys.CLOSE, to, 0, 0);
        });
    }
}
