package dev.pawl.sandbox.seccomp;

import dev.pawl.sandbox.linux.Errno;
import dev.pawl.sandbox.linux.Fd;
import dev.pawl.sandbox.linux.Kernel;
import dev.pawl.sandbox.linux.Sys;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * The supervisor's end of a filter. {@link #next} belongs to one thread; answers may come from any thread. An answer to
 * a call that is no longer waiting is ignored, as the caller is dead.
 */
public final class Notifications implements AutoCloseable {
    // SECCOMP_IOCTL_NOTIF_RECV, _SEND, _ID_VALID and _SET_FLAGS (Linux 6.6), linux/seccomp.h.
    private static final long RECV = 0xC0502100L;
    private static final long SEND = 0xC0182101L;
    private static final long ID_VALID = 0x40082102L;
    private static final long SET_FLAGS = 0x40082104L;
    private static final int SYNC_WAKE_UP = 1;
    private static final int CONTINUE = 1;
    private static final short POLLIN = 1;

    private static final StructLayout NOTIF = MemoryLayout.structLayout(
            ValueLayout.JAVA_LONG.withName("id"),
            ValueLayout.JAVA_INT.withName("pid"),
            ValueLayout.JAVA_INT.withName("flags"),
            ValueLayout.JAVA_INT.withName("nr"),
            ValueLayout.JAVA_INT.withName("arch"),
            ValueLayout.JAVA_LONG.withName("ip"),
            MemoryLayout.sequenceLayout(6, ValueLayout.JAVA_LONG).withName("args"));
    private static final StructLayout RESP = MemoryLayout.structLayout(
            ValueLayout.JAVA_LONG.withName("id"),
            ValueLayout.JAVA_LONG.withName("val"),
            ValueLayout.JAVA_INT.withName("error"),
            ValueLayout.JAVA_INT.withName("flags"));
    private static final long PID = at(NOTIF, "pid");
    private static final long NR = at(NOTIF, "nr");
    private static final long ARGS = at(NOTIF, "args");
    private static final long VAL = at(RESP, "val");
    private static final long ERROR = at(RESP, "error");
    private static final long RESP_FLAGS = at(RESP, "flags");

    /** A call that waits for an answer. {@code tid} is a thread id as seen outside. */
    public record Call(long id, int tid, Sys sys, long a, long b, long c, long d, long e, long f) {}

    private final Fd listener;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment notification = arena.allocate(NOTIF.byteSize(), 8);
    private final MemorySegment poll = arena.allocate(8, 4);

    /** Takes over the listener. */
    public Notifications(Fd listener) {
        this.listener = listener;
        // Wakes the supervisor on the caller's processor; a kernel without it only answers more slowly.
        Kernel.call(Sys.IOCTL, listener.number(), SET_FLAGS, SYNC_WAKE_UP);
    }

    /** Waits for the next call; null when no process with the filter is left. */
    public @Nullable Call next() {
        while (true) {
            poll.set(ValueLayout.JAVA_INT, 0, listener.number());
            poll.set(ValueLayout.JAVA_SHORT, 4, POLLIN);
            long ready = Kernel.call(Sys.PPOLL, poll.address(), 1, 0);
            if (ready == -Errno.EINTR) {
                continue;
            }
            if (ready < 0 || (poll.get(ValueLayout.JAVA_SHORT, 6) & POLLIN) == 0) {
                return null;
            }
            notification.fill((byte) 0);
            long result = Kernel.call(Sys.IOCTL, listener.number(), RECV, notification.address());
            if (result < 0) {
                // ENOENT: the caller died meanwhile.
                continue;
            }
            Sys sys = Sys.of(Kernel.ARCH, notification.get(ValueLayout.JAVA_INT, NR));
            long id = notification.get(ValueLayout.JAVA_LONG, 0);
            if (sys == null) {
                fail(id, Errno.ENOSYS);
                continue;
            }
            return new Call(
                    id,
                    notification.get(ValueLayout.JAVA_INT, PID),
                    sys,
                    argument(0),
                    argument(1),
                    argument(2),
                    argument(3),
                    argument(4),
                    argument(5));
        }
    }

    /** Whether the caller still waits, so that what was read about its thread id is about the caller. */
    public boolean valid(long id) {
        try (Arena call = Arena.ofConfined()) {
            return Kernel.call(
                            Sys.IOCTL,
                            listener.number(),
                            ID_VALID,
                            call.allocateFrom(ValueLayout.JAVA_LONG, id).address())
                    == 0;
        }
    }

    /** The kernel carries out the call as it stands in the caller's memory by then. */
    public void proceed(long id) {
        answer(id, 0, 0, CONTINUE);
    }

    /** The call is not carried out and returns {@code value}. */
    public void succeed(long id, long value) {
        answer(id, value, 0, 0);
    }

    /** The call is not carried out and fails with an error number. */
    public void fail(long id, int errno) {
        answer(id, 0, -errno, 0);
    }

    @Override
    public void close() {
        listener.close();
    }

    private void answer(long id, long value, int error, int flags) {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment response = call.allocate(RESP.byteSize(), 8);
            response.set(ValueLayout.JAVA_LONG, 0, id);
            response.set(ValueLayout.JAVA_LONG, VAL, value);
            response.set(ValueLayout.JAVA_INT, ERROR, error);
            response.set(ValueLayout.JAVA_INT, RESP_FLAGS, flags);
            Kernel.call(Sys.IOCTL, listener.number(), SEND, response.address());
        }
    }

    private long argument(int index) {
        return notification.get(ValueLayout.JAVA_LONG, ARGS + 8L * index);
    }

    private static long at(StructLayout layout, String field) {
        return layout.byteOffset(PathElement.groupElement(field));
    }
}
