package dev.pawl.sandbox.linux;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicInteger;

/** A file descriptor with an owner. Closing twice is harmless. Thread-safe. */
public final class Fd implements AutoCloseable {
    private static final int O_CLOEXEC = 0x80000;
    private final AtomicInteger number;

    public Fd(int number) {
        this.number = new AtomicInteger(number);
    }

    /** The number, for system calls while this object is open; -1 after. */
    public int number() {
        return number.get();
    }

    /** Gives the number away; this object no longer closes it. */
    public int release() {
        return number.getAndSet(-1);
    }

    @Override
    public void close() {
        int fd = number.getAndSet(-1);
        if (fd >= 0) {
            Kernel.call(Sys.CLOSE, fd, 0, 0);
        }
    }

    /** Two ends of something: a socket pair, or a pipe (first reads, second writes). */
    public record Pair(Fd first, Fd second) implements AutoCloseable {
        @Override
        public void close() {
            first.close();
            second.close();
        }
    }

    /** A connected pair of unix sequenced-packet sockets, close-on-exec. */
    public static Pair socketPair() throws KernelException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment two = arena.allocate(8, 4);
            Kernel.check(Sys.SOCKETPAIR, 1, 5 | O_CLOEXEC, 0, two.address());
            return pair(two);
        }
    }

    /** A pipe, close-on-exec. */
    public static Pair pipe() throws KernelException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment two = arena.allocate(8, 4);
            Kernel.check(Sys.PIPE2, two.address(), O_CLOEXEC, 0);
            return pair(two);
        }
    }

    /** Opens a path. {@code flags} as of open(2); close-on-exec is added. */
    public static Fd open(String path, int flags) throws KernelException {
        try (Arena arena = Arena.ofConfined()) {
            return new Fd((int)
                    Kernel.check(Sys.OPENAT, -100, Kernel.text(arena, path).address(), (long) flags | O_CLOEXEC, 0));
        }
    }

    /** A file in memory that holds these bytes, positioned at its start, close-on-exec. */
    public static Fd memory(byte[] bytes) throws KernelException {
        try (Arena arena = Arena.ofConfined()) {
            Fd fd = new Fd((int)
                    Kernel.check(Sys.MEMFD_CREATE, Kernel.text(arena, "pawl").address(), 1, 0));
            MemorySegment data = Kernel.bytes(arena, bytes);
            long done = 0;
            while (done < bytes.length) {
                done += Kernel.check(Sys.WRITE, fd.number(), data.address() + done, bytes.length - done);
            }
            Kernel.check(Sys.LSEEK, fd.number(), 0, 0);
            return fd;
        }
    }

    /** Everything from the current position to the end. */
    public byte[] readAll() throws KernelException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(65536);
            while (true) {
                long count = Kernel.check(Sys.READ, number(), buffer.address(), buffer.byteSize());
                if (count == 0) {
                    return all.toByteArray();
                }
                all.writeBytes(buffer.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE));
            }
        }
    }

    private static Pair pair(MemorySegment two) {
        return new Pair(new Fd(two.get(ValueLayout.JAVA_INT, 0)), new Fd(two.get(ValueLayout.JAVA_INT, 4)));
    }
}
