package dev.pawl.core;

import java.nio.file.Path;
import java.util.List;

/**
 * A categorical never: written once, then taught to the agent, enforced by policy and tested.
 *
 * @param id lower-case words and hyphens, for example {@code no-covert-channels}
 * @param never what the agent must never do, one sentence that begins with a verb
 * @param because why, one or two sentences
 * @param forbidden what the policy refuses for it
 * @param held how else it is enforced: what the sandbox and the gateway do, one or two sentences; empty if nothing else
 * @param drill attempts that it must refuse, one a line, for example {@code connect pool.example:3333}
 * @param demo the row of the rehearsal that shows it, empty for a charter's or an organisation's own
 */
public record Boundary(
        String id, String never, String because, Forbidden forbidden, String held, List<String> drill, String demo) {
    public Boundary {
        drill = List.copyOf(drill);
    }

    /**
     * What a boundary refuses, whoever grants it.
     *
     * @param hosts names or {@code *.suffix}; never resolved nor connected to
     * @param networks never connected to nor dialled
     * @param ports never connected to nor dialled, whatever the host, but for the run's own loopback
     * @param programs absolute paths; never started
     * @param read never shown, not even read-only
     * @param write never shown read-write
     * @param protocols names of protocols that may not be spoken on any connection, such as {@code stratum}
     * @param cedar further policies in Cedar; prohibitions only
     */
    public record Forbidden(
            List<String> hosts,
            List<Cidr> networks,
            List<Integer> ports,
            List<Path> programs,
            List<Path> read,
            List<Path> write,
            List<String> protocols,
            String cedar) {
        /** Of which no protocol is named. */
        public Forbidden(
                List<String> hosts,
                List<Cidr> networks,
                List<Integer> ports,
                List<Path> programs,
                List<Path> read,
                List<Path> write,
                String cedar) {
            this(hosts, networks, ports, programs, read, write, List.of(), cedar);
        }

        public Forbidden {
            hosts = List.copyOf(hosts);
            networks = List.copyOf(networks);
            ports = List.copyOf(ports);
            programs = List.copyOf(programs);
            read = List.copyOf(read);
            write = List.copyOf(write);
            protocols = List.copyOf(protocols);
        }
    }
}
