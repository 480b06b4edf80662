package dev.pawl.core;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Something an agent tries, before anything came of it. */
public sealed interface Attempt {
    /** TCP or UDP. */
    enum Transport {
        TCP,
        UDP
    }

    /**
     * Running a program; the process still carries its old image.
     *
     * @param program the new image as the call named it
     * @param file real path inside the sandbox of the file that would run, links followed; empty if it could not be
     *     told
     */
    record Exec(ProcessInfo program, String file) implements Attempt {}

    /** Asking for a name. {@code name} is lower-case without trailing dot; {@code type} a DNS type such as A. */
    record Resolve(String name, String type) implements Attempt {}

    /**
     * Opening a connection or sending a datagram.
     *
     * @param host the granted name behind a synthetic address, empty for a raw address
     * @param address the address the agent named
     */
    record Connect(Transport transport, Optional<String> host, InetAddress address, int port) implements Attempt {
        /** The granted name, or the address as text where there is none. */
        public String place() {
            return host.orElseGet(address::getHostAddress);
        }
    }

    /**
     * Leading a connection that was allowed by name to a real address. Asked for each address before any is dialled.
     *
     * @param host the granted name
     * @param address where the connection would go
     * @param port the port that would be dialled
     * @param routed true where the charter's {@code network.route} led here and no resolver did
     */
    record Dial(String host, InetAddress address, int port, boolean routed) implements Attempt {}

    /**
     * One HTTP request under an inspected grant; asked before it is forwarded.
     *
     * @param host the granted name
     * @param method as it was sent
     * @param path decoded and normalised, without the query; of a target that has none ({@code OPTIONS *}) the target
     */
    record Request(String host, int port, String method, String path) implements Attempt {}

    /**
     * That a request goes on which carries out what should stay inside.
     *
     * @param kind what was found, such as {@code private-key}
     * @param place where in the request, such as {@code body, base64}; neither ever holds what was found
     */
    record Leak(Request request, String kind, String place) implements Attempt {}

    /**
     * That a request goes on which costs money.
     *
     * @param provider whom it is paid to, as the catalogue of the gateway calls it, such as {@code aws}
     * @param operation what is called, such as {@code RunInstances}
     * @param change what it does: provision, scale, purchase, upgrade, quota, or unknown
     * @param price what it costs, where that is known
     */
    record Spend(Request request, String provider, String operation, String change, Optional<Price> price)
            implements Attempt {}

    /**
     * That a flow goes on which was recognised.
     *
     * @param host the granted name, empty for a raw address
     * @param address the real address
     * @param protocol what was recognised, lower-case, such as {@code ssh}
     */
    record Speak(Optional<String> host, InetAddress address, int port, String protocol) implements Attempt {}

    /**
     * Calling a tool of an MCP server; asked before the call is forwarded.
     *
     * @param server what the charter calls the server
     * @param tool as the server calls it; {@code @} and a method for what is no tool but done by the server all the same,
     *     such as {@code @resources/read}
     * @param arguments JSON of the arguments as they were sent
     * @param named each argument at the top: a text as it is, anything else as JSON
     */
    record Tool(String server, String tool, String arguments, Map<String, String> named) implements Attempt {
        public Tool {
            named = Map.copyOf(named);
        }
    }

    /** Connecting to a unix socket. {@code inside} says whether a process of the same run listens there. */
    record LocalConnect(String path, boolean inside) implements Attempt {}

    /** Showing a real path of the machine inside the sandbox; decided before a run starts. */
    record Mount(Path path, boolean write) implements Attempt {}
}
