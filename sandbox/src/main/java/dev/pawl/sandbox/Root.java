package dev.pawl.sandbox;

import dev.pawl.sandbox.linux.Fd;
import dev.pawl.sandbox.linux.Kernel;
import dev.pawl.sandbox.linux.KernelException;
import dev.pawl.sandbox.linux.Sys;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The root directory of a sandbox, held open: what a path means inside. All processes of a run have the same one, as
 * none may change it (no chroot, no mounts, no namespaces). Thread-safe.
 */
final class Root implements AutoCloseable {
    private static final int O_PATH = 0x200000;
    private static final long O_CLOEXEC = 0x80000;
    private static final long O_NOFOLLOW = 0x20000;
    private static final long RESOLVE_IN_ROOT = 0x10;

    private final Fd directory;

    /** Opens the root of a process of the sandbox. */
    Root(int pid) throws KernelException {
        directory = Fd.open("/proc/" + pid + "/root", O_PATH);
    }

    /** Opens (as O_PATH) what a path means to a thread of the agent; magic links of /proc mean nothing here. */
    Fd resolve(int tid, String path) throws KernelException {
        return open(tid, path, 0);
    }

    /** Opens the symbolic link that a path names, if it is one, instead of what it leads to. */
    Fd resolveLink(int tid, String path) throws KernelException {
        return open(tid, path, O_NOFOLLOW);
    }

    private Fd open(int tid, String path, long flags) throws KernelException {
        String absolute = path.startsWith("/") ? path : ProcFs.link("/proc/" + tid + "/cwd") + "/" + path;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment how =
                    arena.allocateFrom(ValueLayout.JAVA_LONG, O_PATH | O_CLOEXEC | flags, 0, RESOLVE_IN_ROOT);
            return new Fd((int) Kernel.check(
                    Sys.OPENAT2,
                    directory.number(),
                    Kernel.text(arena, absolute).address(),
                    how.address(),
                    how.byteSize()));
        }
    }

    @Override
    public void close() {
        directory.close();
    }
}
