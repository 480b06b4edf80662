package dev.pawl.sandbox.seccomp;

import dev.pawl.sandbox.linux.Fd;
import dev.pawl.sandbox.linux.Kernel;
import dev.pawl.sandbox.linux.KernelException;
import dev.pawl.sandbox.linux.Sys;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Puts the agent's filter on the calling thread. */
public final class Filter {
    private static final int SET_MODE_FILTER = 1;
    private static final int FLAG_NEW_LISTENER = 1 << 3;
    /** Linux 5.19: once received, a notification is only interrupted by a fatal signal. */
    private static final int FLAG_WAIT_KILLABLE_RECV = 1 << 5;

    private static final int PR_SET_NO_NEW_PRIVS = 38;

    private Filter() {}

    /** The filter assembled but not installed, to be looked at or to warm up; {@code struct sock_fprog}. */
    public static MemorySegment assembled(Arena arena) {
        return AgentFilter.program(Kernel.ARCH).assemble(arena);
    }

    /**
     * Installs the filter for this thread and what it starts or becomes, and returns the descriptor on which the
     * supervisor receives notifications.
     *
     * @throws KernelException EINVAL on kernels before 5.19, ENOSYS without seccomp; nothing is installed then
     */
    public static Fd install() throws KernelException {
        try (Arena arena = Arena.ofConfined()) {
            Kernel.check(Sys.PRCTL, PR_SET_NO_NEW_PRIVS, 1, 0);
            return new Fd((int) Kernel.check(
                    Sys.SECCOMP,
                    SET_MODE_FILTER,
                    FLAG_NEW_LISTENER | FLAG_WAIT_KILLABLE_RECV,
                    assembled(arena).address()));
        }
    }
}
