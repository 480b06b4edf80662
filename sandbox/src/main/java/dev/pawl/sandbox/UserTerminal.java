package dev.pawl.sandbox;

import dev.pawl.sandbox.linux.Kernel;
import dev.pawl.sandbox.linux.Sys;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The person's terminal joined with the agent's: three threads carry output, input and size. Somebody else may borrow
 * the screen between two of the agent's control sequences; output then waits in the agent's terminal, whose buffer is
 * bounded, so that the agent waits in write. When the person's terminal closes, the agent's is hung up. Thread-safe.
 */
final class UserTerminal {
    private static final int BUFFER = 1 << 16;
    private static final int POLL_MILLIS = 200;
    /** How long an unfinished control sequence is waited for before it is cut. */
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int GIVE_BACK_MILLIS = 1_000;
    /** Long enough for the agent to see two sizes, not one. */
    private static final long REPAINT_NANOS = TimeUnit.MILLISECONDS.toNanos(120);

    private final int user;
    private final int agent;
    private final ReentrantLock turn = new ReentrantLock();
    private final Condition changed = turn.newCondition();
    private final ScreenModes modes = new ScreenModes();
    private final Thread output;
    private final boolean reads;
    private int carriers;
    private boolean wanted;
    private @Nullable Borrowed borrowed;
    /** The run has ended: nothing more is read. */
    private volatile boolean over;
    /** The person's terminal has closed. */
    private volatile boolean gone;

    /**
     * Begins to carry. Both descriptors belong to this object.
     *
     * @param agent the master side of the agent's terminal
     * @param reads whether what is typed is the agent's
     */
    UserTerminal(int user, int agent, boolean reads) {
        this.user = user;
        this.agent = agent;
        this.reads = reads;
        carriers = reads ? 3 : 2;
        output = Io.start("pawl-terminal-output", () -> carry(this::output));
        if (reads) {
            var _ = Io.start("pawl-terminal-input", () -> carry(this::input));
        }
        var _ = Io.start("pawl-terminal-size", () -> carry(this::sizes));
    }

    /** Takes the screen from the agent; empty if nobody can be asked on it, or somebody has it, or it is over. */
    Optional<Screen> borrow() {
        turn.lock();
        try {
            if (!reads || done() || wanted || borrowed != null) {
                return Optional.empty();
            }
            wanted = true;
            long left = REST_NANOS;
            while (!modes.rests() && left > 0) {
                left = changed.awaitNanos(left);
            }
            if (done()) {
                return Optional.empty();
            }
            Borrowed screen = new Borrowed();
            borrowed = screen;
            // Its descriptors stay open until the borrower closes.
            carriers++;
            write(modes.enter().getBytes(StandardCharsets.UTF_8));
            return Optional.of(screen);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            wanted = false;
            changed.signalAll();
            turn.unlock();
        }
    }

    /** Rings the bell, unless that would end something the agent is writing. */
    void ring() {
        turn.lock();
        try {
            if (!done() && borrowed == null && modes.rests()) {
                write(new byte[] {7});
            }
        } finally {
            turn.unlock();
        }
    }

    /** The run is over: takes a borrowed screen back, and waits until all output is through. */
    void end() {
        over = true;
        turn.lock();
        try {
            var _ = returned(borrowed);
            changed.signalAll();
        } finally {
            turn.unlock();
        }
        Io.join(output);
    }

    /** Takes a borrowed screen back; not where the terminal takes nothing for long. */
    void giveBack() {
        try {
            if (turn.tryLock(GIVE_BACK_MILLIS, TimeUnit.MILLISECONDS)) {
                try {
                    var _ = returned(borrowed);
                } finally {
                    turn.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Makes the terminal what the agent left; false if this one had it no more. */
    private boolean returned(@Nullable Borrowed screen) {
        turn.lock();
        try {
            if (screen == null || borrowed != screen) {
                return false;
            }
            write(modes.leave());
            borrowed = null;
            changed.signalAll();
            return true;
        } finally {
            turn.unlock();
        }
    }

    private final class Borrowed implements Screen {
        private boolean closed;

        @Override
        public void write(String text) {
            turn.lock();
            try {
                if (borrowed == this) {
                    UserTerminal.this.write(text.getBytes(StandardCharsets.UTF_8));
                }
            } finally {
                turn.unlock();
            }
        }

        @Override
        public int read(byte[] into, int millis) {
            return Io.ready(user, millis) == 0 ? (done() ? -1 : 0) : take(this, into);
        }

        @Override
        public int rows() {
            return Short.toUnsignedInt((short) Tty.size(user).rows());
        }

        @Override
        public int columns() {
            return Short.toUnsignedInt((short) Tty.size(user).columns());
        }

        @Override
        public void close() {
            if (closed) {
                return;
            }
            closed = true;
            carry(() -> {
                if (returned(this)) {
                    repaint();
                }
            });
        }
    }

    private boolean done() {
        return over || gone;
    }

    /** The last thread that carries closes both sides; by that the agent's programs get a hangup. */
    private void carry(Runnable body) {
        body.run();
        turn.lock();
        try {
            if (--carriers == 0) {
                gone = true;
                Kernel.call(Sys.CLOSE, user, 0, 0);
                Kernel.call(Sys.CLOSE, agent, 0, 0);
            }
        } finally {
            turn.unlock();
        }
    }

    private void hangUp() {
        turn.lock();
        try {
            gone = true;
            changed.signalAll();
        } finally {
            turn.unlock();
        }
    }

    /** Under the lock. Never after the descriptor was closed. */
    private void write(byte[] bytes) {
        if (!gone && !Io.writeAll(user, bytes)) {
            hangUp();
        }
    }

    private void output() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(BUFFER);
            while (!gone) {
                if (Io.ready(agent, POLL_MILLIS) != 0) {
                    int count = (int) Kernel.retry(Sys.READ, agent, buffer.address(), BUFFER, 0);
                    if (count <= 0) {
                        break;
                    }
                    show(buffer.asSlice(0, count));
                }
            }
        }
        over = true;
    }

    private void show(MemorySegment buffer) {
        byte[] bytes = buffer.toArray(ValueLayout.JAVA_BYTE);
        int shown = 0;
        turn.lock();
        try {
            while (shown < bytes.length && !gone) {
                if (borrowed != null || (wanted && modes.rests())) {
                    changed.awaitUninterruptibly();
                    continue;
                }
                int end = wanted ? modes.feedToRest(bytes, shown, bytes.length) : bytes.length;
                if (!wanted) {
                    modes.feed(bytes, shown, end);
                }
                if (!Io.writeAll(user, buffer, shown, end)) {
                    hangUp();
                }
                shown = end;
                changed.signalAll();
            }
        } finally {
            turn.unlock();
        }
    }

    private void input() {
        byte[] bytes = new byte[BUFFER];
        while (!done()) {
            // Input may never come: look now and then whether the run is over.
            int count = Io.ready(user, POLL_MILLIS) == 0 ? 0 : take(null, bytes);
            if (count < 0 || (count > 0 && !Io.writeAll(agent, Arrays.copyOf(bytes, count)))) {
                break;
            }
        }
    }

    /** What was typed, for the one whose turn it is; null is the agent. 0 if there is nothing, -1 if there never will be. */
    private int take(@Nullable Borrowed who, byte[] into) {
        turn.lock();
        try (Arena arena = Arena.ofConfined()) {
            while (who == null && borrowed != null && !done()) {
                changed.awaitUninterruptibly();
            }
            if (done() || borrowed != who) {
                return -1;
            }
            // Whoever had the turn before may have read it.
            int ready = Io.ready(user, 0);
            if (ready == 0) {
                return 0;
            }
            if ((ready & Io.POLLHUP) != 0) {
                hangUp();
                return -1;
            }
            MemorySegment buffer = arena.allocate(into.length);
            int count = (int) Kernel.retry(Sys.READ, user, buffer.address(), into.length, 0);
            if (count > 0) {
                MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, into, 0, count);
            }
            return count > 0 ? count : -1;
        } finally {
            turn.unlock();
        }
    }

    private void sizes() {
        Tty.Size last = Tty.size(user);
        while (!done()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
            Tty.Size now = Tty.size(user);
            // Nothing is as large as a terminal that has closed.
            if (!now.equals(last) && now.rows() > 0) {
                Tty.size(agent, now);
                last = now;
            }
        }
    }

    /** The alternate screen could not be kept. Programs draw anew when the size changes, and only then. */
    private void repaint() {
        boolean alternate;
        turn.lock();
        try {
            alternate = modes.alternate();
        } finally {
            turn.unlock();
        }
        Tty.Size size = Tty.size(user);
        if (alternate && !done() && size.rows() > 1) {
            Tty.size(agent, new Tty.Size(size.rows() - 1, size.columns()));
            LockSupport.parkNanos(REPAINT_NANOS);
            Tty.Size after = Tty.size(user);
            Tty.size(agent, after.rows() > 1 ? after : size);
        }
    }
}
