package dev.pawl.policy;

import dev.pawl.core.AddressGrant;
import dev.pawl.core.CommandGrant;
import dev.pawl.core.HostGrant;
import java.nio.file.Path;
import java.util.List;

/**
 * What an organisation grants every agent.
 *
 * @param allow hosts by name; their ids begin with {@value #PREFIX}, as those of all grants here
 * @param addresses raw addresses
 * @param commands programs, for agents whose charter names any; without them a charter's agent may start all it sees
 * @param read absolute paths visible read-only
 * @param pass environment names passed through
 */
public record DefaultGrants(
        List<HostGrant> allow,
        List<AddressGrant> addresses,
        List<CommandGrant> commands,
        List<Path> read,
        List<String> pass) {
    /** With what the rules of these grants begin. */
    public static final String PREFIX = "organization.grants.";

    /** Nothing. */
    public static final DefaultGrants NONE = new DefaultGrants(List.of(), List.of(), List.of(), List.of(), List.of());

    public DefaultGrants {
        allow = List.copyOf(allow);
        addresses = List.copyOf(addresses);
        commands = List.copyOf(commands);
        read = List.copyOf(read);
        pass = List.copyOf(pass);
    }
}
