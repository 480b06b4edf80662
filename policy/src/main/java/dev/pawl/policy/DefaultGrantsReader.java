package dev.pawl.policy;

import dev.pawl.core.Charter;
import dev.pawl.core.CommandGrant;
import java.util.List;
import java.util.Optional;

/** Reads {@code grants} of an organisation file, with the readers of a charter's grants. */
final class DefaultGrantsReader {
    static final List<String> KEYS = List.of("network", "commands", "files", "env");
    static final List<String> NETWORK_KEYS = List.of("allow", "addresses");
    static final List<String> FILE_KEYS = List.of("read");
    static final List<String> ENV_KEYS = List.of("pass");

    private static final String PREFIX = "organization.";

    private final PathReader paths;
    private final NetworkReader network;

    DefaultGrantsReader(Surroundings surroundings, Limits limits) {
        this.paths = new PathReader(surroundings);
        this.network = new NetworkReader(limits.hosts(), "this file", PREFIX, _ -> Optional.empty());
    }

    DefaultGrants read(Section root) {
        Optional<Section> section = root.get("grants").flatMap(value -> value.section(KEYS));
        if (section.isEmpty()) {
            return DefaultGrants.NONE;
        }
        Section grants = section.get();
        Charter.NetworkGrants reached = network.read(grants, NETWORK_KEYS);
        List<CommandGrant> commands = grants.get("commands")
                .map(list -> CommandReader.read(list, PREFIX, List.of()))
                .orElse(List.of());
        Charter.FileGrants files = paths.files(grants, FILE_KEYS, Optional.empty());
        Charter.Environment environment = EnvironmentReader.read(grants, ENV_KEYS);
        return new DefaultGrants(reached.allow(), reached.addresses(), commands, files.read(), environment.pass());
    }
}
