package dev.pawl.core;

import java.util.Optional;

/**
 * Permission to reach raw addresses.
 *
 * @param id rule name used in decisions, unique in its charter
 * @param port 1 to 65535
 * @param ask why a person is asked before each connection; empty means nobody is
 */
public record AddressGrant(String id, Cidr range, int port, Protocol protocol, Optional<String> ask) {
    /** A grant that asks nobody. */
    public AddressGrant(String id, Cidr range, int port, Protocol protocol) {
        this(id, range, port, protocol, Optional.empty());
    }
}
