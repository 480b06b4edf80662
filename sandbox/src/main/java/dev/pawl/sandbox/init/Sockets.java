package dev.pawl.sandbox.init;

import dev.pawl.sandbox.linux.Channel;
import dev.pawl.sandbox.linux.Fd;
import dev.pawl.sandbox.linux.Kernel;
import dev.pawl.sandbox.linux.KernelException;
import dev.pawl.sandbox.linux.Sys;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Sockets that belong to the run's network namespace, opened inside and used outside. They are sent unbound: port 53
 * needs a capability over the namespace, which the supervisor has as its maker and nothing inside has.
 *
 * @param relay4 TCP for the relay
 * @param relay6 the same for IPv6, or null where the kernel has none
 * @param dnsUdp and dnsTcp for the name server
 * @param diagnostics a socket that lists the namespace's unix sockets (sock_diag)
 */
record Sockets(Fd relay4, @Nullable Fd relay6, Fd dnsUdp, Fd dnsTcp, Fd diagnostics) {
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int AF_NETLINK = 16;
    private static final int STREAM = 1 | 0x80000 | 0x800;
    private static final int DATAGRAM = 2 | 0x80000 | 0x800;
    private static final int RAW = 3 | 0x80000;
    private static final int NETLINK_SOCK_DIAG = 4;

    static Sockets open() throws KernelException {
        Fd relay6;
        try {
            relay6 = socket(AF_INET6, STREAM, 0);
        } catch (KernelException e) {
            relay6 = null;
        }
        return new Sockets(
                socket(AF_INET, STREAM, 0),
                relay6,
                socket(AF_INET, DATAGRAM, 0),
                socket(AF_INET, STREAM, 0),
                socket(AF_NETLINK, RAW, NETLINK_SOCK_DIAG));
    }

    void sendTo(Channel channel) throws IOException {
        byte[] kind = {(byte) (relay6 == null ? '4' : '6')};
        if (relay6 == null) {
            channel.send(kind, relay4.number(), dnsUdp.number(), dnsTcp.number(), diagnostics.number());
        } else {
            channel.send(
                    kind, relay4.number(), dnsUdp.number(), dnsTcp.number(), diagnostics.number(), relay6.number());
        }
    }

    private static Fd socket(int family, int type, int protocol) throws KernelException {
        return new Fd((int) Kernel.check(Sys.SOCKET, family, type, protocol));
    }
}
