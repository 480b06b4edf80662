package dev.pawl.policy.review;

import dev.pawl.core.AddressGrant;
import dev.pawl.core.Boundary;
import dev.pawl.core.Charter;
import dev.pawl.core.Cidr;
import dev.pawl.core.CommandGrant;
import dev.pawl.core.HostGrant;
import dev.pawl.policy.PolicyBundle;
import dev.pawl.policy.Zone;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * All that rules speak of by value. Attempts that lie alike to everything mentioned are decided alike, so a few attempts
 * can stand for all. Grows while it is filled; for one thread.
 */
final class Mentions {
    /** Names, and {@code *.suffix} for all names below one. */
    final Set<String> hosts = new LinkedHashSet<>();

    final Set<Cidr> ranges = new LinkedHashSet<>();
    final Set<Path> paths = new LinkedHashSet<>();
    final Set<Path> programs = new LinkedHashSet<>();
    final Set<HostGrant> hostGrants = new LinkedHashSet<>();
    final Set<AddressGrant> addressGrants = new LinkedHashSet<>();
    final Set<CommandGrant> commandGrants = new LinkedHashSet<>();

    /** Ports that matter whatever the host. */
    final Set<Integer> ports = new LinkedHashSet<>();

    /** Adds all that one side speaks of. */
    Mentions add(Side side) {
        PolicyBundle bundle = side.bundle();
        side.engine().rules().stream()
                .filter(rule -> !rule.policy().source().isEmpty())
                .forEach(rule -> Literals.add(rule.policy(), this));
        add(bundle.charter());
        side.boundaries().forEach(this::add);
        bundle.organization().zones().forEach(this::add);
        bundle.organization().limits().hosts().ifPresent(hosts::addAll);
        return this;
    }

    private void add(Charter charter) {
        hostGrants.addAll(charter.network().allow());
        addressGrants.addAll(charter.network().addresses());
        charter.network().allow().forEach(grant -> hosts.add(grant.host()));
        charter.network().addresses().forEach(grant -> ranges.add(grant.range()));
        paths.add(charter.workspace());
        paths.addAll(charter.files().read());
        paths.addAll(charter.files().write());
        charter.commands().ifPresent(commands -> {
            commandGrants.addAll(commands);
            commands.forEach(grant -> programs.add(grant.program()));
        });
    }

    private void add(Boundary boundary) {
        Boundary.Forbidden forbidden = boundary.forbidden();
        hosts.addAll(forbidden.hosts());
        ranges.addAll(forbidden.networks());
        ports.addAll(forbidden.ports());
        programs.addAll(forbidden.programs());
        paths.addAll(forbidden.read());
        paths.addAll(forbidden.write());
    }

    private void add(Zone zone) {
        hosts.addAll(zone.hosts());
        ranges.addAll(zone.networks());
        paths.addAll(zone.paths());
    }

    /** Only where something grants an address of IPv6 does it matter beyond that range what one carries. */
    Set<Cidr> rangesAndWhatCarriesThem() {
        Set<Cidr> all = new LinkedHashSet<>(ranges);
        if (addressGrants.stream().anyMatch(grant -> grant.range().network().getAddress().length == 16)) {
            ranges.forEach(range -> all.addAll(AddressPoints.carrying(range)));
        }
        return all;
    }

    /** A port nothing speaks of. */
    int freePort() {
        int port = 49152;
        while (taken(port)) {
            port++;
        }
        return port;
    }

    private boolean taken(int port) {
        return ports.contains(port)
                || hostGrants.stream().anyMatch(grant -> grant.port() == port)
                || addressGrants.stream().anyMatch(grant -> grant.port() == port);
    }
}
