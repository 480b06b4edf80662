package dev.pawl.policy;

import dev.pawl.core.AddressGrant;
import dev.pawl.core.Charter;
import dev.pawl.core.CommandGrant;
import dev.pawl.core.HostGrant;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

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

    /** The charter with these grants beside its own. What it has already is not added again. */
    Charter joinedTo(Charter charter) {
        Charter.NetworkGrants network = charter.network();
        List<Path> visible = both(charter.files().read(), charter.files().write());
        return new Charter(
                charter.agent(),
                charter.owner(),
                charter.purpose(),
                charter.workspace(),
                new Charter.FileGrants(
                        both(charter.files().read(), without(read, visible)),
                        charter.files().write(),
                        charter.files().marked()),
                new Charter.NetworkGrants(
                        both(network.allow(), allow),
                        both(network.addresses(), addresses),
                        network.routes(),
                        network.authorities(),
                        network.resolver()),
                charter.commands().map(own -> both(own, commands)),
                new Charter.Environment(
                        both(charter.env().pass(), without(pass, charter.env().pass())).stream()
                                .filter(name -> !charter.env().set().containsKey(name))
                                .toList(),
                        charter.env().set()),
                charter.budget(),
                charter.asks(),
                charter.boundaries(),
                charter.instructions(),
                charter.secrets(),
                charter.tools(),
                charter.source());
    }

    private static <T> List<T> both(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static <T> List<T> without(List<T> items, List<T> present) {
        return items.stream().filter(item -> !present.contains(item)).toList();
    }
}
