package dev.pawl.sandbox.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Sequenced-packet unix sockets by path, whose messages may carry descriptors (see {@link Channel}). Not thread-safe but
 * for closing.
 */
public final class UnixSocket implements AutoCloseable {
    /** {@code sun_path} without its closing zero. */
    private static final int MAX_PATH = 107;

    private static final int AF_UNIX = 1;
    private static final int SEQPACKET = 5 | 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_PEERCRED = 17;
    private static final int BACKLOG = 128;
    private static final int SHUT_RDWR = 2;

    private final Fd fd;

    private UnixSocket(Fd fd) {
        this.fd = fd;
    }

    /**
     * Listens. The path must not exist; its directory decides who may connect.
     *
     * @throws IOException if it cannot, among others because the path is longer than 107 bytes
     */
    public static UnixSocket listen(Path path) throws IOException {
        UnixSocket socket = make();
        socket.with(Sys.BIND, path);
        Kernel.check(Sys.LISTEN, socket.fd.number(), BACKLOG, 0);
        return socket;
    }

    /**
     * Connects.
     *
     * @throws KernelException ECONNREFUSED or ENOENT if nobody listens there
     */
    public static UnixSocket connect(Path path) throws IOException {
        UnixSocket socket = make();
        try {
            socket.with(Sys.CONNECT, path);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Waits for the next connection. */
    public UnixSocket accept() throws KernelException {
        return new UnixSocket(new Fd((int) Kernel.check(Sys.ACCEPT4, fd.number(), 0, 0, 0x80000)));
    }

    /** User id of whoever connected, as the kernel noted it then. */
    public int peer() throws KernelException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment credentials = arena.allocate(12, 4);
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, 12);
            Kernel.check(Sys.GETSOCKOPT, fd.number(), SOL_SOCKET, SO_PEERCRED, credentials.address(), length.address());
            return credentials.get(ValueLayout.JAVA_INT, 4);
        }
    }

    /** Messages over this socket. */
    public Channel channel() {
        return new Channel(fd.number());
    }

    /** Wakes whoever waits in {@link #accept} or for a message, who then fails or sees the end. */
    public void shutdown() {
        Kernel.call(Sys.SHUTDOWN, fd.number(), SHUT_RDWR, 0);
    }

    @Override
    public void close() {
        fd.close();
    }

    private static UnixSocket make() throws KernelException {
        return new UnixSocket(new Fd((int) Kernel.check(Sys.SOCKET, AF_UNIX, SEQPACKET, 0)));
    }

    private void with(Sys sys, Path path) throws IOException {
        byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
        if (name.length > MAX_PATH) {
            throw new IOException("the path of a socket has at most " + MAX_PATH
                    + " bytes; set PAWL_HOME to a shorter path than " + path.getParent());
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(2L + name.length + 1, 2);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
            MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, 2, name.length);
            Kernel.check(sys, fd.number(), address.address(), address.byteSize());
        }
    }
}
