package dev.pawl.core;

import java.net.InetAddress;
import java.util.Optional;

/** Something an agent tries, before anything came of it. */
public sealed interface Attempt {
    /** TCP or UDP. */
    enum Transport {
        TCP,
        UDP
    }

    /** Running a program; {@code program} is that of the new image, the process still carries the old one. */
    record Exec(ProcessInfo program) implements Attempt {}

    /** Asking for a name. {@code name} is lower-case without trailing dot; {@code type} a DNS type such as A. */
    record Resolve(String name, String type) implements Attempt {}

    /**
     * Opening a connection or sending a datagram.
     *
     * @param host the granted name behind a synthetic address, empty for a raw address
     * @param address the address the agent named
     */
    record Connect(Transport transport, Optional<String> host, InetAddress address, int port) implements Attempt {}

    /** Connecting to a unix socket. {@code inside} says whether a process of the same run listens there. */
    record LocalConnect(String path, boolean inside) implements Attempt {}
}
