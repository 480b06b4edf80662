package dev.pawl.policy.engine;

import static dev.pawl.policy.engine.RuleText.in;
import static dev.pawl.policy.engine.RuleText.is;
import static dev.pawl.policy.engine.RuleText.rule;

import dev.pawl.core.AddressGrant;
import dev.pawl.core.Boundary;
import dev.pawl.core.ToolGrants;
import dev.pawl.policy.Zone;
import dev.pawl.policy.cedar.EntityUid;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a run may not do, whatever grants it, as rules. */
final class Prohibitions {
    static final String COVERT = "no-covert-channels";
    static final String LATERAL = "no-lateral-movement";
    static final String EXFILTRATION = "no-data-exfiltration";
    static final String SPENDING = "no-spending";

    /** Requests too: a connection may have been opened before the policy was edited. */
    private static final String HOSTS = in(Words.RESOLVE, Words.CONNECT, Words.REQUEST, Words.LEAK, Words.SPEND);

    private static final String REACH = in(Words.CONNECT, Words.DIAL);
    private static final String FILES = "action in " + Words.FILES;
    private static final String LOOPBACK = "action == " + Words.CONNECT + " && resource.ip.isLoopback()";

    private Prohibitions() {}

    /** What the sandbox could not do even if it were allowed; no organisation lifts it. */
    static List<String> sandbox() {
        return List.of(
                rule(Ids.UDP)
                        .boundary(COVERT)
                        .because("datagrams cannot leave; names are asked at the run's own name server, the rest goes"
                                + " by TCP")
                        .forbid(is(Words.CONNECT), "resource")
                        .when(List.of("context.transport == \"udp\""))
                        .unless(List.of("resource is Address && resource.ip.isLoopback()"))
                        .end(),
                rule(Ids.HOST_SOCKET)
                        .boundary(LATERAL)
                        .because("the unix socket is not one this run made; it may be the host's")
                        .forbid(is(Words.CONNECT_SOCKET), "resource is Socket")
                        .unless(List.of("resource.inside"))
                        .end(),
                rule(Ids.LEAK_MARKED)
                        .boundary(EXFILTRATION)
                        .because("decoys, stand-ins and values of secrets leave in no request")
                        .forbid(is(Words.LEAK), "resource")
                        .when(List.of("[\"decoy\", \"placeholder\", \"secret\"].contains(context.kind)"))
                        .end());
    }

    /** The lists of one boundary. */
    static List<String> boundary(Boundary boundary) {
        Boundary.Forbidden forbidden = boundary.forbidden();
        List<String> rules = new ArrayList<>();
        if (!forbidden.hosts().isEmpty()) {
            rules.add(of(boundary, "hosts")
                    .forbid(HOSTS, "resource is Host")
                    .when(RuleText.resourceIn(hosts(forbidden.hosts())))
                    .end());
        }
        if (!forbidden.networks().isEmpty()) {
            rules.add(of(boundary, "networks")
                    .forbid(REACH, "resource is Address")
                    .when(forbidden.networks().stream().map(RuleText::within).toList())
                    .end());
        }
        if (!forbidden.ports().isEmpty()) {
            rules.add(of(boundary, "ports")
                    .forbid(in(Words.CONNECT, Words.DIAL, Words.REQUEST, Words.LEAK, Words.SPEND), "resource")
                    .when(List.of(forbidden.ports().stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining(", ", "[", "].contains(context.port)"))))
                    .unless(List.of("resource is Address && " + LOOPBACK))
                    .end());
        }
        if (!forbidden.protocols().isEmpty()) {
            rules.add(of(boundary, "protocols")
                    .forbid(is(Words.SPEAK), "resource")
                    .when(List.of(forbidden.protocols().stream()
                            .map(RuleText::quote)
                            .collect(Collectors.joining(", ", "[", "].contains(context.protocol)"))))
                    .end());
        }
        if (!forbidden.programs().isEmpty()) {
            rules.add(of(boundary, "programs")
                    .forbid(is(Words.EXEC), "resource is Program")
                    .when(RuleText.resourceIn(
                            forbidden.programs().stream().map(RuleText::program).toList()))
                    .end());
        }
        if (!forbidden.read().isEmpty()) {
            rules.add(of(boundary, "read")
                    .forbid(FILES, "resource is Path")
                    .when(RuleText.resourceIn(paths(forbidden.read())))
                    .end());
        }
        if (!forbidden.write().isEmpty()) {
            rules.add(of(boundary, "write")
                    .forbid(is(Words.MOUNT_WRITE), "resource is Path")
                    .when(RuleText.resourceIn(paths(forbidden.write())))
                    .end());
        }
        return rules;
    }

    static String zone(Zone zone) {
        return rule("zone." + zone.id())
                .boundary(zone.boundary())
                .because(zone.because())
                .forbid("action", "resource in " + new EntityUid(Words.ZONE, zone.id()))
                .unless(zone.agents().stream()
                        .map(agent -> "principal == " + new EntityUid(Words.AGENT, agent))
                        .toList())
                .end();
    }

    static String limitedTo(List<String> hosts, String organization) {
        return rule(Ids.LIMITS_HOSTS)
                .boundary(EXFILTRATION)
                .because(organization + " allows no other hosts")
                .forbid(HOSTS, "resource is Host")
                .unless(hosts.isEmpty() ? List.of() : RuleText.resourceIn(hosts(hosts)))
                .end();
    }

    /** Private, loopback, link-local and other special addresses, but for those granted by number. */
    static String privateAddress(List<AddressGrant> granted) {
        Stream<String> fixed = Stream.of(LOOPBACK, "action == " + Words.DIAL + " && context.routed");
        Stream<String> grants = granted.stream()
                .map(grant -> "// " + grant.id() + "\ncontext.port == " + grant.port() + " && "
                        + RuleText.within(grant.range()));
        return rule(Ids.PRIVATE_ADDRESS)
                .boundary(LATERAL)
                .because("private, loopback, link-local and other special addresses need a grant by number")
                .forbid(REACH, "resource is Address")
                .when(List.of("resource has special"))
                .unless(Stream.concat(fixed, grants).toList())
                .end();
    }

    /** What the charter itself says may never be called. */
    static List<String> tools(ToolGrants tools) {
        return tools.deny().stream()
                .map(refusal -> rule(refusal.id())
                        .because(refusal.because())
                        .forbid(is(Words.CALL_TOOL), "resource in " + new EntityUid(Words.SERVER, refusal.server()))
                        .when(
                                refusal.tool().equals("*")
                                        ? List.of()
                                        : List.of("resource.name " + RuleText.matches(refusal.tool())))
                        .end())
                .toList();
    }

    private static RuleText of(Boundary boundary, String list) {
        return rule(boundary.id() + "." + list).boundary(boundary.id()).because(boundary.because());
    }

    private static List<EntityUid> hosts(List<String> patterns) {
        return patterns.stream().map(RuleText::host).toList();
    }

    private static List<EntityUid> paths(List<Path> paths) {
        return paths.stream().map(RuleText::path).toList();
    }
}
