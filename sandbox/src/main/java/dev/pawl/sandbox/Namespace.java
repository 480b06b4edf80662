package dev.pawl.sandbox;

import dev.pawl.core.Egress;
import dev.pawl.sandbox.linux.Channel;
import dev.pawl.sandbox.linux.Fd;
import dev.pawl.sandbox.linux.Kernel;
import dev.pawl.sandbox.linux.KernelException;
import dev.pawl.sandbox.linux.Sys;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The run's network namespace as the supervisor uses it: sockets the init opened in it, bound here.
 *
 * @param relay4 where connections to the outside are sent
 * @param relay6 the same for IPv6, or null where the machine has none
 * @param cookie identity of the namespace, to tell its sockets from any other
 */
record Namespace(
        InetSocketAddress relay4,
        @Nullable InetSocketAddress relay6,
        long cookie,
        UnixSockets unixSockets,
        Egress.Listeners listeners) {
    static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress LOOPBACK6 = InetAddress.ofLiteral("::1");
    private static final InetSocketAddress RESOLVER = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.53"), 53);
    private static final int BACKLOG = 4096;
    /** The IPv4 dummy address of RFC 7600. */
    private static final InetAddress DUMMY = InetAddress.ofLiteral("192.0.0.8");

    private static final long SIOCSIFADDR = 0x8916;
    private static final long SIOCSIFNETMASK = 0x891C;

    /**
     * Binds what the init sent. Port 53 needs CAP_NET_BIND_SERVICE over the namespace: nobody inside has it, this process
     * does, because its user made the user namespace that owns it (user_namespaces(7)).
     */
    static Namespace bind(Channel.Message message) throws IOException {
        List<Fd> fds = message.fds();
        if (fds.size() < 4) {
            throw new IOException("the sandbox's init sent no sockets");
        }
        AgentSocket relay = AgentSocket.of(fds.get(0));
        InetSocketAddress relay4 = listen(relay, SocketAddress.AF_INET, new InetSocketAddress(LOOPBACK, 0));
        AgentSocket udp = AgentSocket.of(fds.get(1));
        check(Sys.BIND, udp.bind(SocketAddress.encode(SocketAddress.AF_INET, RESOLVER.getAddress(), 53)));
        addAddress(udp.fd());
        AgentSocket tcp = AgentSocket.of(fds.get(2));
        listen(tcp, SocketAddress.AF_INET, RESOLVER);
        InetSocketAddress relay6 = null;
        int relay6Fd = -1;
        if (fds.size() > 4) {
            AgentSocket six = AgentSocket.of(fds.get(4));
            try {
                relay6 = listen(six, SocketAddress.AF_INET6, new InetSocketAddress(LOOPBACK6, 0));
                relay6Fd = six.fd().release();
            } catch (KernelException e) {
                // IPv6 is compiled in and switched off: agents have none either.
                six.close();
            }
        }
        return new Namespace(
                relay4,
                relay6,
                relay.namespace(),
                new UnixSockets(fds.get(3)),
                new Egress.Listeners(
                        relay.fd().release(),
                        relay6Fd,
                        udp.fd().release(),
                        tcp.fd().release()));
    }

    boolean isResolver(SocketAddress.Internet to) {
        return to.port() == RESOLVER.getPort() && to.address().equals(RESOLVER.getAddress());
    }

    /** Whether this is the relay itself, which is only entered through a decision. */
    boolean isRelay(InetAddress address, int port) {
        return address.isLoopbackAddress()
                && (port == relay4.getPort() || (relay6 != null && port == relay6.getPort()));
    }

    /** The relay for an address's family. */
    InetSocketAddress relay(InetAddress address) {
        return address.getAddress().length == 16 && relay6 != null ? relay6 : relay4;
    }

    static InetAddress loopback(InetAddress like) {
        return like.getAddress().length == 4 ? LOOPBACK : LOOPBACK6;
    }

    static InetAddress any(int family) {
        return InetAddress.ofLiteral(family == SocketAddress.AF_INET ? "0.0.0.0" : "::");
    }

    /**
     * Gives the loopback device an address that does not look like loopback: resolvers that are asked for names "as far as
     * this machine has addresses" (AI_ADDRCONFIG of getaddrinfo) otherwise answer at once that there are none. Nothing is
     * reached by it, and without it only such programs miss something, so a failure is of no matter.
     */
    private static void addAddress(Fd socket) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = arena.allocate(40, 8);
            request.setString(0, "lo:1");
            byte[] address = SocketAddress.encode(SocketAddress.AF_INET, DUMMY, 0);
            MemorySegment.copy(address, 0, request, ValueLayout.JAVA_BYTE, 16, address.length);
            Kernel.call(Sys.IOCTL, socket.number(), SIOCSIFADDR, request.address());
            byte[] mask = SocketAddress.encode(SocketAddress.AF_INET, InetAddress.ofLiteral("255.255.255.255"), 0);
            MemorySegment.copy(mask, 0, request, ValueLayout.JAVA_BYTE, 16, mask.length);
            Kernel.call(Sys.IOCTL, socket.number(), SIOCSIFNETMASK, request.address());
        }
    }

    private static InetSocketAddress listen(AgentSocket socket, int family, InetSocketAddress at)
            throws KernelException {
        check(Sys.BIND, socket.bind(SocketAddress.encode(family, at.getAddress(), at.getPort())));
        check(Sys.LISTEN, Kernel.call(Sys.LISTEN, socket.fd().number(), BACKLOG, 0));
        return socket.local();
    }

    private static void check(Sys sys, long result) throws KernelException {
        if (result < 0) {
            throw new KernelException(sys, (int) -result);
        }
    }
}
