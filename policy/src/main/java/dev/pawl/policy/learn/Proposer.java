package dev.pawl.policy.learn;

import dev.pawl.core.Attempt;
import dev.pawl.core.Boundary;
import dev.pawl.core.Charter;
import dev.pawl.core.CommandGrant;
import dev.pawl.core.Decision;
import dev.pawl.core.Endpoint;
import dev.pawl.core.HostGrant;
import dev.pawl.policy.BuiltInCharter;
import dev.pawl.policy.CharterException;
import dev.pawl.policy.HostPatterns;
import dev.pawl.policy.PolicyBundle;
import dev.pawl.policy.engine.PolicyEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes the smallest charter under which everything that was allowed is allowed again.
 *
 * <p>Each attempt that needs a grant gets the narrowest one the language has, so no grant covers what another is for, and
 * taking one away denies what it was made for. Files and variables are not recorded as they are used; those of the
 * charter at hand stay, as do its limits, its boundaries and what its names lead to.
 */
public final class Proposer {
    private static final String PURPOSE = "Write here in one sentence what this agent is for.";

    private Proposer() {}

    /**
     * The proposal.
     *
     * @param base the charter at hand, under its organisation; its own grants count for nothing but for addresses that
     *     are not the open Internet, which are never proposed where it does not grant them
     * @throws CharterException if the charter at hand or the proposal makes no policy
     */
    public static Proposal of(PolicyBundle base, Observations seen, Wishes wishes) throws CharterException {
        Charter charter = base.charter();
        Needs needs = new Needs(base);
        List<Needs.Need> needed = needs.of(seen);
        HostLines hosts = HostLines.of(needed, wishes.wildcards());
        AddressLines addresses = AddressLines.of(needed);
        ProgramLines programs = ProgramLines.of(seen, needs, charter, wishes);
        List<Line> lines = new ArrayList<>();
        lines.addAll(hosts.lines);
        lines.addAll(addresses.lines);
        if (programs.named()) {
            lines.addAll(programs.lines);
        }
        Charter learned = charter(charter, hosts, addresses, programs);
        PolicyEngine engine = PolicyEngine.of(new PolicyBundle(joined(base, learned), base.organization(), List.of()));
        Map<Attempt, Users> unsayable = new LinkedHashMap<>();
        seen.allowed().forEach((attempt, use) -> {
            if (engine.decide(needs.asTried(attempt)).verdict() == Decision.Verdict.DENY) {
                unsayable.put(attempt, use.users());
            }
        });
        return new Proposal(
                learned, lines, programs.reasons, programs.failed, hosts.beyond + addresses.beyond, unsayable, seen);
    }

    private static Charter charter(Charter base, HostLines hosts, AddressLines addresses, ProgramLines programs) {
        Map<String, Endpoint> routes = new HashMap<>(base.network().routes());
        // Names an organisation grants may have a route as well.
        Stream<String> organizations = base.network().allow().stream()
                .filter(grant -> Needs.joined(grant.id()))
                .map(HostGrant::host);
        List<String> granted = Stream.concat(hosts.grants.stream().map(HostGrant::host), organizations)
                .toList();
        routes.keySet().removeIf(host -> !HostPatterns.within(host, granted));
        List<Path> read = Stream.concat(
                        base.files().read().stream(), programs.named() ? programs.read.stream() : Stream.empty())
                .toList();
        List<Boundary> boundaries = new ArrayList<>(base.boundaries());
        boundaries.removeIf(boundary -> boundary.id().equals(NamesOnly.ID));
        if (!hosts.namesOnly.isEmpty()) {
            boundaries.add(NamesOnly.of(hosts.namesOnly));
        }
        Optional<List<CommandGrant>> commands =
                programs.named() ? Optional.of(List.copyOf(programs.grants)) : Optional.empty();
        Charter.NetworkGrants network = new Charter.NetworkGrants(
                hosts.grants,
                addresses.grants,
                routes,
                base.network().authorities(),
                base.network().resolver());
        return Charters.with(placeholder(base), network, commands, read, boundaries);
    }

    /** Nobody said yet what an agent without a charter is for. */
    private static Charter placeholder(Charter base) {
        return base.purpose().equals(BuiltInCharter.PURPOSE) ? Charters.withPurpose(base, PURPOSE) : base;
    }

    /** With the organisation's grants, as it is loaded later. */
    private static Charter joined(PolicyBundle base, Charter learned) {
        Charter.NetworkGrants own = learned.network();
        Charter.NetworkGrants network = new Charter.NetworkGrants(
                Stream.concat(own.allow().stream(), base.organization().grants().allow().stream())
                        .toList(),
                Stream.concat(own.addresses().stream(), base.organization().grants().addresses().stream())
                        .toList(),
                own.routes(),
                own.authorities(),
                own.resolver());
        return Charters.with(
                learned,
                network,
                learned.commands()
                        .map(commands -> Stream.concat(
                                        commands.stream(), base.organization().grants().commands().stream())
                                .toList()));
    }
}
