package dev.pawl.core;

import java.util.Optional;

/**
 * Permission to reach a host by name.
 *
 * @param id rule name used in decisions, unique in its charter, for example {@code network.allow[0]}
 * @param host lower-case name without trailing dot, or {@code *.suffix}, which matches every name below the suffix but
 *     not the suffix itself
 * @param port 1 to 65535
 * @param protocol what may flow
 * @param ask why a person is asked before each connection; empty means nobody is
 * @param inspection present where the gateway reads the requests; the protocol is then tls or http
 */
public record HostGrant(
        String id, String host, int port, Protocol protocol, Optional<String> ask, Optional<Inspection> inspection) {
    /** A grant under which nothing is read. */
    public HostGrant(String id, String host, int port, Protocol protocol, Optional<String> ask) {
        this(id, host, port, protocol, ask, Optional.empty());
    }

    /** A grant that asks nobody. */
    public HostGrant(String id, String host, int port, Protocol protocol) {
        this(id, host, port, protocol, Optional.empty());
    }

    /** Whether {@code name} (lower-case, no trailing dot) is covered, whatever the port. */
    public boolean covers(String name) {
        if (host.startsWith("*.")) {
            return name.length() > host.length() - 1 && name.endsWith(host.substring(1));
        }
        return name.equals(host);
    }
}
