package dev.pawl.sandbox.landlock;

import dev.pawl.sandbox.linux.Errno;
import dev.pawl.sandbox.linux.Fd;
import dev.pawl.sandbox.linux.Kernel;
import dev.pawl.sandbox.linux.KernelException;
import dev.pawl.sandbox.linux.Sys;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Rules of Landlock (landlock(7)): what a ruleset handles is refused but for what a rule allows. A rule is for the file
 * or directory that was open when it was made, whatever its name is later, and for a directory also for what lies below
 * it. Belongs to one thread.
 */
public final class Ruleset implements AutoCloseable {
    /** Running a file as a program, or as the interpreter or loader of one (LANDLOCK_ACCESS_FS_EXECUTE). */
    public static final long EXECUTE = 1;

    /** Opening a file for reading. */
    public static final long READ_FILE = 1 << 2;

    /** Renaming and linking from one directory to another; a ruleset that does not handle it refuses it everywhere. */
    public static final long REFER = 1 << 13;

    /** The version that has all of the above, that of Linux 5.19, which the filter needs as well. */
    private static final int VERSION = 2;

    private static final int AT_FDCWD = -100;
    private static final long O_PATH = 0x200000;
    private static final long O_NOFOLLOW = 0x20000;
    private static final long O_CLOEXEC = 0x80000;
    private static final int FLAG_VERSION = 1;
    private static final int RULE_PATH_BENEATH = 1;

    private final Fd fd;

    private Ruleset(Fd fd) {
        this.fd = fd;
    }

    /**
     * Looks whether this kernel has Landlock.
     *
     * @throws IOException if it has not; the message says what to do
     */
    public static void require() throws IOException {
        long version = Kernel.call(Sys.LANDLOCK_CREATE_RULESET, 0, 0, FLAG_VERSION);
        if (version < VERSION) {
            throw new IOException(
                    "this charter names its `commands`, and this kernel has no Landlock to hold an agent to"
                            + " them; start a kernel from 5.19 on with landlock among its security modules"
                            + " (/sys/kernel/security/lsm, kernel parameter lsm=), or take `commands` out of the charter");
        }
    }

    /** An empty ruleset that handles these kinds of access. */
    public static Ruleset handling(long access) throws KernelException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocateFrom(ValueLayout.JAVA_LONG, access);
            return new Ruleset(new Fd(
                    (int) Kernel.check(Sys.LANDLOCK_CREATE_RULESET, attributes.address(), attributes.byteSize(), 0)));
        }
    }

    /**
     * Allows some of what is handled on files, and on directories and what lies below them. Links are not followed.
     *
     * @throws IOException if one is not there; its path is named
     */
    public void allow(List<String> paths, long access) throws IOException {
        // All names in one piece: an interpreted init does this for some hundred paths.
        byte[] names = String.join("\0", paths).getBytes(StandardCharsets.UTF_8);
        try (Arena arena = Arena.ofConfined()) {
            long at = Kernel.bytes(arena, names).address();
            // struct landlock_path_beneath_attr is packed.
            MemorySegment rule = arena.allocate(12, 8);
            rule.set(ValueLayout.JAVA_LONG, 0, access);
            for (String path : paths) {
                long file = Kernel.call(Sys.OPENAT, AT_FDCWD, at, O_PATH | O_NOFOLLOW | O_CLOEXEC);
                if (file < 0) {
                    throw new IOException("no rule can be made for " + path + ": " + Errno.name((int) -file));
                }
                rule.set(ValueLayout.JAVA_INT, 8, (int) file);
                long added = Kernel.call(Sys.LANDLOCK_ADD_RULE, fd.number(), RULE_PATH_BENEATH, rule.address());
                Kernel.call(Sys.CLOSE, file, 0, 0);
                if (added < 0) {
                    throw new KernelException(Sys.LANDLOCK_ADD_RULE, (int) -added);
                }
                at += path.getBytes(StandardCharsets.UTF_8).length + 1L;
            }
        }
    }

    /** Binds the calling thread and what it starts or becomes, for good. */
    public void restrict() throws KernelException {
        Kernel.noNewPrivileges();
        Kernel.check(Sys.LANDLOCK_RESTRICT_SELF, fd.number(), 0, 0);
    }

    @Override
    public void close() {
        fd.close();
    }
}
