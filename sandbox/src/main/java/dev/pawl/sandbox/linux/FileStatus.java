package dev.pawl.sandbox.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What statx(2) says about an open file (Linux 4.11).
 *
 * @param mode kind and permissions
 * @param inode number of the file within its device
 * @param major and minor number of the device
 * @param times size and stamps, for files whose stamps can be believed
 */
public record FileStatus(int mode, long inode, int major, int minor, Times times) {
    private static final int AT_EMPTY_PATH = 0x1000;
    /** STATX_TYPE, STATX_INO, STATX_SIZE, STATX_MTIME and STATX_CTIME. */
    private static final int WANTED = 0x3c1;

    private static final int S_IFMT = 0xf000;
    private static final int S_IFSOCK = 0xc000;
    private static final int S_IFREG = 0x8000;

    /** Bytes, and nanoseconds since the epoch of the last change of content and of the inode. */
    public record Times(long size, long modified, long changed) {}

    /** Which file it is: no two files of a machine have the same at the same time. */
    public record Identity(int major, int minor, long inode) {}

    /** Asks the kernel; an O_PATH descriptor will do. */
    public static FileStatus of(Fd file) throws KernelException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment statx = arena.allocate(256, 8);
            Kernel.check(
                    Sys.STATX, file.number(), Kernel.text(arena, "").address(), AT_EMPTY_PATH, WANTED, statx.address());
            return new FileStatus(
                    Short.toUnsignedInt(statx.get(ValueLayout.JAVA_SHORT, 28)),
                    statx.get(ValueLayout.JAVA_LONG, 32),
                    statx.get(ValueLayout.JAVA_INT, 136),
                    statx.get(ValueLayout.JAVA_INT, 140),
                    new Times(statx.get(ValueLayout.JAVA_LONG, 40), nanos(statx, 112), nanos(statx, 96)));
        }
    }

    public Identity identity() {
        return new Identity(major, minor, inode);
    }

    public boolean isSocket() {
        return (mode & S_IFMT) == S_IFSOCK;
    }

    public boolean isRegular() {
        return (mode & S_IFMT) == S_IFREG;
    }

    private static long nanos(MemorySegment statx, long at) {
        return statx.get(ValueLayout.JAVA_LONG, at) * 1_000_000_000L + statx.get(ValueLayout.JAVA_INT, at + 8);
    }
}
