package dev.pawl.policy;

import dev.pawl.core.Cidr;
import java.nio.file.Path;
import java.util.List;

/**
 * Networks, hosts and data that only some agents may be granted.
 *
 * @param id lower-case words and hyphens, for example {@code production}
 * @param because why it is set apart
 * @param boundary id of the boundary that stands behind a denial
 * @param networks address ranges that belong to it
 * @param hosts names or {@code *.suffix} that belong to it
 * @param paths absolute paths that belong to it, with everything below
 * @param agents names of the agents that may be granted something in it; empty means none
 */
public record Zone(
        String id,
        String because,
        String boundary,
        List<Cidr> networks,
        List<String> hosts,
        List<Path> paths,
        List<String> agents) {
    /** The boundary behind a zone that names none. */
    public static final String DEFAULT_BOUNDARY = "no-lateral-movement";

    public Zone {
        networks = List.copyOf(networks);
        hosts = List.copyOf(hosts);
        paths = List.copyOf(paths);
        agents = List.copyOf(agents);
    }
}
