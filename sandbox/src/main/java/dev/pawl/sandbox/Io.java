package dev.pawl.sandbox;

import dev.pawl.sandbox.linux.Errno;
import dev.pawl.sandbox.linux.Kernel;
import dev.pawl.sandbox.linux.KernelException;
import dev.pawl.sandbox.linux.Sys;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Waiting for descriptors, and writing to them to the end. Stateless. */
final class Io {
    /** As of poll(2), in what {@link #ready} returns. */
    static final int POLLHUP = 0x10;

    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final short POLLIN = 1;

    private Io() {}

    /** Another number for the same, which the caller owns. */
    static int copy(int fd) throws KernelException {
        return (int) Kernel.check(Sys.FCNTL, fd, F_DUPFD_CLOEXEC, 3);
    }

    /** Waits until it can be read; what poll(2) says of it, 0 if the time passed or a signal came. */
    static int ready(int fd, int millis) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment poll = arena.allocate(8, 4);
            MemorySegment wait = arena.allocate(16, 8);
            poll.set(ValueLayout.JAVA_INT, 0, fd);
            poll.set(ValueLayout.JAVA_SHORT, 4, POLLIN);
            wait.set(ValueLayout.JAVA_LONG, 0, millis / 1_000);
            wait.set(ValueLayout.JAVA_LONG, 8, millis % 1_000 * 1_000_000L);
            return Kernel.call(Sys.PPOLL, poll.address(), 1, wait.address()) > 0
                    ? poll.get(ValueLayout.JAVA_SHORT, 6)
                    : 0;
        }
    }

    /** Writes all of it, however long that takes; false if it cannot be. */
    static boolean writeAll(int fd, MemorySegment bytes, long from, long to) {
        long done = from;
        while (done < to) {
            long written = Kernel.retry(Sys.WRITE, fd, bytes.address() + done, to - done, 0);
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

    static boolean writeAll(int fd, byte[] bytes) {
        try (Arena arena = Arena.ofConfined()) {
            return writeAll(fd, Kernel.bytes(arena, bytes), 0, bytes.length);
        }
    }

    /** Waits for its end, or until this thread is interrupted. */
    static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static Thread start(String name, Runnable body) {
        return Thread.ofPlatform().daemon().name(name).start(body);
    }
}
