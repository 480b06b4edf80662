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

    private Filter() {}

    /** The filter assembled but not installed, to be looked at or to warm up; {@code struct sock_fprog}. */
    public static MemorySegment assembled(Arena arena, boolean namedPrograms) {
        return AgentFilter.program(Kernel.ARCH, namedPrograms).assemble(arena);
    }

    /**
     * Installs the filter for this thread and what it starts or becomes, and returns the descriptor on which the
     * supervisor receives notifications.
     *
     * @param namedPrograms whether only the programs that a charter names may run: then no file in memory may
     * @throws KernelException EINVAL on kernels before 5.19, ENOSYS without seccomp; nothing is installed then
     */
    public static Fd install(boolean namedPrograms) throws KernelException {
        try (Arena arena = Arena.ofConfined()) {
            Kernel.noNewPrivileges();
            return new Fd((int) Kernel.check(
                    Sys.SECCOMP,
                    SET_MODE_FILTER,
                    FLAG_NEW_LISTENER | FLAG_WAIT_KILLABLE_RECV,
                    assembled(arena, namedPrograms).address()));
        }
    }
}
