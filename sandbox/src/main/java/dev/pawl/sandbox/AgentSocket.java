package dev.pawl.sandbox;

import dev.pawl.sandbox.linux.Fd;
import dev.pawl.sandbox.linux.Kernel;
import dev.pawl.sandbox.linux.KernelException;
import dev.pawl.sandbox.linux.Sys;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;

/**
 * The supervisor's own descriptor of a socket an agent holds: the same open socket, so what is done here shows there,
 * but a descriptor number that no thread of the agent can exchange in between.
 */
record AgentSocket(Fd fd, int family, int type, long namespace) implements AutoCloseable {
    static final int STREAM = 1;
    static final int DATAGRAM = 2;

    private static final int F_GETFL = 3;
    private static final int O_NONBLOCK = 0x800;
    private static final int SOL_SOCKET = 1;
    private static final int SO_TYPE = 3;
    private static final int SO_DOMAIN = 39;
    private static final int SO_NETNS_COOKIE = 71;

    /** Copies descriptor {@code number} of a process. Throws EBADF or ENOTSOCK as connect would. */
    static AgentSocket of(int pid, int number) throws KernelException {
        try (Fd process = new Fd((int) Kernel.check(Sys.PIDFD_OPEN, pid, 0, 0))) {
            Fd copy = new Fd((int) Kernel.check(Sys.PIDFD_GETFD, process.number(), number, 0));
            try {
                return of(copy);
            } catch (KernelException e) {
                copy.close();
                throw e;
            }
        }
    }

    /** Looks at a socket of this process. */
    static AgentSocket of(Fd fd) throws KernelException {
        return new AgentSocket(
                fd, (int) option(fd, SO_DOMAIN, 4), (int) option(fd, SO_TYPE, 4), option(fd, SO_NETNS_COOKIE, 8));
    }

    /** Result of connect(2) with an address of ours: 0 or a negative errno. */
    long connect(byte[] address) {
        return with(Sys.CONNECT, address);
    }

    /** Whether calls on it return at once instead of waiting. */
    boolean nonblocking() {
        long flags = Kernel.call(Sys.FCNTL, fd.number(), F_GETFL, 0);
        return flags >= 0 && (flags & O_NONBLOCK) != 0;
    }

    /** Whether it is connected, or was and was cut. */
    boolean connected() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(SocketAddress.MAX_LENGTH);
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, SocketAddress.MAX_LENGTH);
            return Kernel.call(Sys.GETPEERNAME, fd.number(), address.address(), length.address()) == 0;
        }
    }

    /** Result of bind(2). */
    long bind(byte[] address) {
        return with(Sys.BIND, address);
    }

    /** The local address; port 0 while unbound. */
    InetSocketAddress local() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(SocketAddress.MAX_LENGTH);
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, SocketAddress.MAX_LENGTH);
            long result = Kernel.call(Sys.GETSOCKNAME, fd.number(), address.address(), length.address());
            int count = result < 0 ? 0 : Math.min(length.get(ValueLayout.JAVA_INT, 0), SocketAddress.MAX_LENGTH);
            return SocketAddress.inet(address.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE));
        }
    }

    @Override
    public void close() {
        fd.close();
    }

    private long with(Sys sys, byte[] address) {
        try (Arena arena = Arena.ofConfined()) {
            return Kernel.call(sys, fd.number(), Kernel.bytes(arena, address).address(), address.length);
        }
    }

    private static long option(Fd fd, int option, int size) throws KernelException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(8, 8);
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, size);
            Kernel.check(Sys.GETSOCKOPT, fd.number(), SOL_SOCKET, option, value.address(), length.address());
            return size == 4 ? value.get(ValueLayout.JAVA_INT, 0) : value.get(ValueLayout.JAVA_LONG, 0);
        }
    }
}
