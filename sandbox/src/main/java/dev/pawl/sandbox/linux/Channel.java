package dev.pawl.sandbox.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * A unix sequenced-packet socket that carries messages with file descriptors (SCM_RIGHTS). One message at most {@value
 * #MAX_BYTES} bytes and {@value #MAX_FDS} descriptors. Not thread-safe.
 */
public final class Channel {
    public static final int MAX_BYTES = 4096;
    public static final int MAX_FDS = 16;

    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;
    private static final int MSG_CMSG_CLOEXEC = 0x40000000;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int MSG_TRUNCATED = 0x20 | 0x8;

    private static final StructLayout IOVEC =
            MemoryLayout.structLayout(ValueLayout.JAVA_LONG.withName("base"), ValueLayout.JAVA_LONG.withName("len"));
    private static final StructLayout MSGHDR = MemoryLayout.structLayout(
            ValueLayout.JAVA_LONG.withName("name"),
            ValueLayout.JAVA_INT.withName("namelen"),
            MemoryLayout.paddingLayout(4),
            ValueLayout.JAVA_LONG.withName("iov"),
            ValueLayout.JAVA_LONG.withName("iovlen"),
            ValueLayout.JAVA_LONG.withName("control"),
            ValueLayout.JAVA_LONG.withName("controllen"),
            ValueLayout.JAVA_INT.withName("flags"),
            MemoryLayout.paddingLayout(4));
    private static final StructLayout CMSGHDR = MemoryLayout.structLayout(
            ValueLayout.JAVA_LONG.withName("len"),
            ValueLayout.JAVA_INT.withName("level"),
            ValueLayout.JAVA_INT.withName("type"));
    private static final long LEN = at(IOVEC, "len");
    private static final long IOV = at(MSGHDR, "iov");
    private static final long IOVLEN = at(MSGHDR, "iovlen");
    private static final long CONTROL = at(MSGHDR, "control");
    private static final long CONTROLLEN = at(MSGHDR, "controllen");
    private static final long FLAGS = at(MSGHDR, "flags");
    private static final long LEVEL = at(CMSGHDR, "level");
    private static final long TYPE = at(CMSGHDR, "type");
    private static final long RIGHTS = CMSGHDR.byteSize();

    private final int socket;

    /** Uses an open socket, which stays its owner's. */
    public Channel(int socket) {
        this.socket = socket;
    }

    /** A message; the receiver owns the descriptors. */
    @SuppressWarnings("ArrayRecordComponent") // A message is bytes; nobody compares messages.
    public record Message(byte[] bytes, List<Fd> fds) {}

    /** Sends one message. The descriptors stay open here. */
    public void send(byte[] bytes, int... fds) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment header = header(arena, Kernel.bytes(arena, bytes), bytes.length);
            if (fds.length > 0) {
                MemorySegment control = arena.allocate(RIGHTS + 4L * MAX_FDS, 8);
                long length = RIGHTS + 4L * fds.length;
                control.set(ValueLayout.JAVA_LONG, 0, length);
                control.set(ValueLayout.JAVA_INT, LEVEL, SOL_SOCKET);
                control.set(ValueLayout.JAVA_INT, TYPE, SCM_RIGHTS);
                for (int i = 0; i < fds.length; i++) {
                    control.set(ValueLayout.JAVA_INT, RIGHTS + 4L * i, fds[i]);
                }
                header.set(ValueLayout.JAVA_LONG, CONTROL, control.address());
                header.set(ValueLayout.JAVA_LONG, CONTROLLEN, length);
            }
            Kernel.check(Sys.SENDMSG, socket, header.address(), MSG_NOSIGNAL);
        }
    }

    /** Waits for one message; an empty one without descriptors means the other side closed. */
    public Message receive() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment data = arena.allocate(MAX_BYTES);
            MemorySegment header = header(arena, data, MAX_BYTES);
            MemorySegment control = arena.allocate(RIGHTS + 4L * MAX_FDS, 8);
            header.set(ValueLayout.JAVA_LONG, CONTROL, control.address());
            header.set(ValueLayout.JAVA_LONG, CONTROLLEN, control.byteSize());
            long count = Kernel.check(Sys.RECVMSG, socket, header.address(), MSG_CMSG_CLOEXEC);
            List<Fd> fds = descriptors(header, control);
            if ((header.get(ValueLayout.JAVA_INT, FLAGS) & MSG_TRUNCATED) != 0) {
                fds.forEach(Fd::close);
                throw new IOException("a message on the sandbox channel was too large");
            }
            return new Message(data.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE), fds);
        }
    }

    private static List<Fd> descriptors(MemorySegment header, MemorySegment control) {
        List<Fd> fds = new ArrayList<>();
        long length = header.get(ValueLayout.JAVA_LONG, CONTROLLEN);
        if (length > RIGHTS
                && control.get(ValueLayout.JAVA_INT, LEVEL) == SOL_SOCKET
                && control.get(ValueLayout.JAVA_INT, TYPE) == SCM_RIGHTS) {
            long end = Math.min(control.get(ValueLayout.JAVA_LONG, 0), length);
            for (long at = RIGHTS; at + 4 <= end; at += 4) {
                fds.add(new Fd(control.get(ValueLayout.JAVA_INT, at)));
            }
        }
        return fds;
    }

    private static MemorySegment header(Arena arena, MemorySegment data, long length) {
        MemorySegment iovec = arena.allocate(IOVEC);
        iovec.set(ValueLayout.JAVA_LONG, 0, data.address());
        iovec.set(ValueLayout.JAVA_LONG, LEN, length);
        MemorySegment header = arena.allocate(MSGHDR);
        header.set(ValueLayout.JAVA_LONG, IOV, iovec.address());
        header.set(ValueLayout.JAVA_LONG, IOVLEN, 1);
        return header;
    }

    private static long at(StructLayout layout, String field) {
        return layout.byteOffset(PathElement.groupElement(field));
    }
}
