package dev.pawl.sandbox;

import dev.pawl.sandbox.linux.Fd;
import dev.pawl.sandbox.linux.FileStatus;
import dev.pawl.sandbox.linux.Kernel;
import dev.pawl.sandbox.linux.KernelException;
import dev.pawl.sandbox.linux.Sys;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Tells whether a socket file belongs to this run. A path in the workspace may be a socket of the host; the kernel would
 * connect to it across network namespaces. A socket of the run itself is listed by sock_diag in the run's namespace with
 * the device and inode of its file. Thread-safe.
 */
final class UnixSockets {
    // linux/sock_diag.h, linux/unix_diag.h, linux/netlink.h
    private static final short SOCK_DIAG_BY_FAMILY = 20;
    private static final short REQUEST_DUMP = 0x301;
    private static final int UDIAG_SHOW_VFS = 2;
    private static final short UNIX_DIAG_VFS = 1;
    private static final int NLMSG_DONE = 3;
    private static final int NLMSG_ERROR = 2;
    private static final int HEADER = 16;
    private static final int UNIX_DIAG_MSG = 16;

    private final Fd diagnostics;

    UnixSockets(Fd diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** Whether a process of the run is bound to this file. */
    synchronized boolean ours(Fd file) throws KernelException {
        try (Arena arena = Arena.ofConfined()) {
            FileStatus status = FileStatus.of(file);
            // The kernel's own dev_t, as unix_diag shows it: 12 bits major, 20 bits minor.
            long device = (long) status.major() << 20 | status.minor();
            MemorySegment request = arena.allocate(HEADER + 24L, 8);
            request.set(ValueLayout.JAVA_INT, 0, (int) request.byteSize());
            request.set(ValueLayout.JAVA_SHORT, 4, SOCK_DIAG_BY_FAMILY);
            request.set(ValueLayout.JAVA_SHORT, 6, REQUEST_DUMP);
            request.set(ValueLayout.JAVA_BYTE, HEADER, (byte) SocketAddress.AF_UNIX);
            request.set(ValueLayout.JAVA_INT, HEADER + 4L, -1);
            request.set(ValueLayout.JAVA_INT, HEADER + 12L, UDIAG_SHOW_VFS);
            Kernel.check(Sys.WRITE, diagnostics.number(), request.address(), request.byteSize());
            return dumped(arena.allocate(1 << 16, 8), status.inode(), device);
        }
    }

    private boolean dumped(MemorySegment buffer, long inode, long device) throws KernelException {
        boolean found = false;
        while (true) {
            long count = Kernel.check(Sys.READ, diagnostics.number(), buffer.address(), buffer.byteSize());
            for (long at = 0; at + HEADER <= count; ) {
                int length = buffer.get(ValueLayout.JAVA_INT, at);
                int type = buffer.get(ValueLayout.JAVA_SHORT, at + 4);
                if (type == NLMSG_DONE || type == NLMSG_ERROR || length < HEADER) {
                    return found;
                }
                found |= matches(buffer, at + HEADER + UNIX_DIAG_MSG, at + length, inode, device);
                at += length + 3L & ~3L;
            }
        }
    }

    private static boolean matches(MemorySegment buffer, long from, long end, long inode, long device) {
        for (long at = from; at + 4 <= end; ) {
            int length = Short.toUnsignedInt(buffer.get(ValueLayout.JAVA_SHORT, at));
            if (length < 4) {
                return false;
            }
            if (buffer.get(ValueLayout.JAVA_SHORT, at + 2) == UNIX_DIAG_VFS
                    && length >= 12
                    // Only the low 32 bits of the inode are reported.
                    && Integer.toUnsignedLong(buffer.get(ValueLayout.JAVA_INT, at + 4)) == (inode & 0xffff_ffffL)
                    && Integer.toUnsignedLong(buffer.get(ValueLayout.JAVA_INT, at + 8)) == device) {
                return true;
            }
            at += length + 3L & ~3L;
        }
        return false;
    }
}
