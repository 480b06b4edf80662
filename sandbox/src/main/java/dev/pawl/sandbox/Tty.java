package dev.pawl.sandbox;

import dev.pawl.sandbox.linux.Kernel;
import dev.pawl.sandbox.linux.Sys;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Modes and size of a terminal, by ioctl (asm-generic/ioctls.h, termbits.h: four flag words, line, 19 characters). */
final class Tty {
    private static final long TCGETS = 0x5401;
    private static final long TCSETSW = 0x5403;
    private static final long TIOCGPGRP = 0x540F;
    private static final long TIOCGWINSZ = 0x5413;
    private static final long TIOCSWINSZ = 0x5414;
    private static final int TERMIOS = 64;
    // IGNBRK BRKINT PARMRK ISTRIP INLCR IGNCR ICRNL IXON
    private static final int INPUT_COOKING = 0x5EB;
    private static final int OPOST = 1;
    // ISIG ICANON ECHO ECHONL IEXTEN
    private static final int LOCAL_COOKING = 0x804B;
    private static final long LOCAL_FLAGS = 12;
    private static final long VTIME = 17 + 5;
    private static final long VMIN = 17 + 6;

    private Tty() {}

    /** Rows and columns. */
    record Size(int rows, int columns) {}

    static boolean is(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            return Kernel.call(Sys.IOCTL, fd, TCGETS, arena.allocate(TERMIOS).address()) == 0;
        }
    }

    /** Whether this process may read it without being stopped. */
    static boolean foreground(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment group = arena.allocate(4, 4);
            return Kernel.call(Sys.IOCTL, fd, TIOCGPGRP, group.address()) == 0
                    && group.get(ValueLayout.JAVA_INT, 0) == Kernel.call(Sys.GETPGID, 0, 0, 0);
        }
    }

    static Size size(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(8, 2);
            Kernel.call(Sys.IOCTL, fd, TIOCGWINSZ, size.address());
            return new Size(size.get(ValueLayout.JAVA_SHORT, 0), size.get(ValueLayout.JAVA_SHORT, 2));
        }
    }

    /** Sets the size; the kernel tells the programs on it (SIGWINCH). */
    static void size(int fd, Size size) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocateFrom(
                    ValueLayout.JAVA_SHORT, (short) size.rows, (short) size.columns, (short) 0, (short) 0);
            Kernel.call(Sys.IOCTL, fd, TIOCSWINSZ, value.address());
        }
    }

    /** The modes as the kernel has them. */
    static byte[] modes(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment modes = arena.allocate(TERMIOS, 8);
            Kernel.call(Sys.IOCTL, fd, TCGETS, modes.address());
            return modes.toArray(ValueLayout.JAVA_BYTE);
        }
    }

    static void modes(int fd, byte[] modes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment copy = arena.allocate(TERMIOS, 8);
            MemorySegment.copy(modes, 0, copy, ValueLayout.JAVA_BYTE, 0, TERMIOS);
            Kernel.call(Sys.IOCTL, fd, TCSETSW, copy.address());
        }
    }

    /** The same modes with every key passed on as it is typed (cfmakeraw). */
    static byte[] raw(byte[] modes) {
        MemorySegment raw = MemorySegment.ofArray(modes.clone());
        clear(raw, 0, INPUT_COOKING);
        clear(raw, 4, OPOST);
        clear(raw, LOCAL_FLAGS, LOCAL_COOKING);
        raw.set(ValueLayout.JAVA_BYTE, VTIME, (byte) 0);
        raw.set(ValueLayout.JAVA_BYTE, VMIN, (byte) 1);
        return raw.toArray(ValueLayout.JAVA_BYTE);
    }

    private static void clear(MemorySegment modes, long at, int bits) {
        modes.set(ValueLayout.JAVA_INT_UNALIGNED, at, modes.get(ValueLayout.JAVA_INT_UNALIGNED, at) & ~bits);
    }
}
