package dev.pawl.sandbox.init;

import dev.pawl.sandbox.linux.Fd;
import dev.pawl.sandbox.linux.Kernel;
import dev.pawl.sandbox.linux.KernelException;
import dev.pawl.sandbox.linux.Sys;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A terminal in the sandbox's own devpts, so that its name can be found inside and the user's is never handed in. */
final class Terminal {
    private static final int O_RDWR_NOCTTY = 2 | 0x100;
    // asm-generic/ioctls.h
    private static final long TIOCSPTLCK = 0x40045431L;
    private static final long TIOCGPTPEER = 0x5441;
    private static final long TIOCSCTTY = 0x540E;
    private static final long TIOCSWINSZ = 0x5414;

    private Terminal() {}

    /** Master and slave; the slave becomes the controlling terminal of this session. */
    static Fd.Pair open(int rows, int columns) throws KernelException {
        Fd master = Fd.open("/dev/ptmx", O_RDWR_NOCTTY);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment unlock = arena.allocateFrom(ValueLayout.JAVA_INT, 0);
            Kernel.check(Sys.IOCTL, master.number(), TIOCSPTLCK, unlock.address());
            Fd slave = new Fd((int) Kernel.check(Sys.IOCTL, master.number(), TIOCGPTPEER, O_RDWR_NOCTTY));
            MemorySegment size =
                    arena.allocateFrom(ValueLayout.JAVA_SHORT, (short) rows, (short) columns, (short) 0, (short) 0);
            Kernel.check(Sys.IOCTL, master.number(), TIOCSWINSZ, size.address());
            Kernel.check(Sys.IOCTL, slave.number(), TIOCSCTTY, 0);
            return new Fd.Pair(master, slave);
        }
    }
}
