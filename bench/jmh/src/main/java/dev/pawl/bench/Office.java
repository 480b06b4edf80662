package dev.pawl.bench;

import dev.pawl.policy.cedar.CedarException;
import dev.pawl.policy.cedar.CedarPolicy;
import dev.pawl.policy.cedar.Entity;
import dev.pawl.policy.cedar.EntityUid;
import dev.pawl.policy.cedar.Policies;
import dev.pawl.policy.cedar.Request;
import dev.pawl.policy.cedar.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Policies, entities and requests as a charter of some size makes them: hosts, ports, domains, zones, programs, paths. */
record Office(List<CedarPolicy> policies, List<Entity> entities, List<Request> requests) {
    private static final EntityUid AGENT = new EntityUid("Agent", "repo-fixer");
    private static final EntityUid NETWORK = action("network");

    static Office of(int policies) {
        try {
            return new Office(parsed(policies), nine(), questions());
        } catch (CedarException broken) {
            throw new IllegalStateException(broken.text(), broken);
        }
    }

    private static EntityUid action(String name) {
        return new EntityUid("Action", name);
    }

    private static List<CedarPolicy> parsed(int count) throws CedarException {
        List<String> texts = new ArrayList<>(List.of("""
                @id("udp") @because("datagrams carry tunnels")
                forbid (principal, action == Action::"connect", resource)
                when { context.transport == "udp" && context.port != 53 };
                """, """
                @id("private-address") @because("neighbours are not ours")
                forbid (principal, action in [Action::"connect", Action::"dial"], resource is Address)
                when { resource has special && !(resource.special == "loopback") }
                unless { context has routed && context.routed };
                """, """
                @id("zone.production") @because("customers notice")
                forbid (principal, action, resource in Zone::"production")
                unless { principal in Agent::"deployer" };
                """, """
                @id("shell") @because("no reverse shells")
                forbid (principal, action == Action::"exec", resource is Program)
                when { context.argv has "1" && (context.argv["1"] like "*/dev/tcp/*" || context.argv["1"] like "-i*") };
                """, """
                @id("exec") @because("programs may start")
                permit (principal, action == Action::"exec", resource is Program);
                """, """
                @id("sandbox-loopback") @because("own programs talk")
                permit (principal is Agent, action == Action::"connect", resource is Address)
                when { resource.ip.isLoopback() };
                """, """
                @id("addresses") @because("the build farm")
                permit (principal, action in Action::"network", resource is Address)
                when { resource.ip.isInRange(ip("10.20.0.0/16")) && [22, 443, 8443].contains(context.port) };
                """));
        for (int at = 0; texts.size() < count; at++) {
            texts.add(at % 5 == 4 ? domain(at) : at % 5 == 3 ? file(at) : host(at));
        }
        return Policies.parse("office", String.join("\n", texts));
    }

    private static String host(int at) {
        return """
                @id("network.allow[%d]") @because("the charter grants it") @protocol("tls")
                permit (principal, action in [Action::"resolve", Action::"connect"], resource == Host::"host%d.example.com")
                when { action != Action::"connect" || (context.transport == "tcp" && context.port == 443) };
                """.formatted(at, at);
    }

    private static String domain(int at) {
        return """
                @id("network.allow[%d]") @because("the charter grants it") @protocol("tls")
                permit (principal, action in Action::"network", resource in Domain::"team%d.example.org")
                when { !(context has port) || context.port == 443 || context.port == 80 };
                """.formatted(at, at);
    }

    private static String file(int at) {
        return """
                @id("files.read[%d]") @because("the charter grants it")
                permit (principal == Agent::"repo-fixer", action == Action::"mount-read", resource in Path::"/srv/data%d");
                """.formatted(at, at);
    }

    private static EntityUid host(String name) {
        return new EntityUid("Host", name);
    }

    /** Nine: the agent, what it meets, and the action; ancestors without an entry of their own are known to their heirs. */
    private static List<Entity> nine() {
        EntityUid example = new EntityUid("Domain", "example.com");
        EntityUid team = new EntityUid("Domain", "team4.example.org");
        EntityUid production = new EntityUid("Zone", "production");
        return List.of(
                new Entity(
                        AGENT,
                        record(Map.of("owner", new Value.Text("dana"), "purpose", new Value.Text("fixes the build"))),
                        Set.of(new EntityUid("Organization", "example")),
                        Value.Record.of()),
                Entity.of(action("connect"), Set.of(NETWORK)),
                Entity.of(action("resolve"), Set.of(NETWORK)),
                named(host("host0.example.com"), Set.of(example, new EntityUid("Domain", "com"))),
                named(host("git.team4.example.org"), Set.of(team, new EntityUid("Domain", "example.org"))),
                named(host("db.example.com"), Set.of(example, production)),
                address("10.20.1.2", Set.of()),
                address("169.254.169.254", Set.of(new EntityUid("Zone", "metadata"))),
                new Entity(
                        new EntityUid("Program", "/usr/bin/git"),
                        record(Map.of("path", new Value.Text("/usr/bin/git"), "name", new Value.Text("git"))),
                        Set.of(
                                new EntityUid("Path", "/usr/bin"),
                                new EntityUid("Path", "/usr"),
                                new EntityUid("Path", "/")),
                        Value.Record.of()));
    }

    private static Entity named(EntityUid uid, Set<EntityUid> above) {
        return new Entity(uid, Value.Record.of("name", new Value.Text(uid.id())), above, Value.Record.of());
    }

    private static Entity address(String text, Set<EntityUid> above) {
        Value.Ip ip = Value.Ip.of(text);
        return new Entity(
                new EntityUid("Address", text),
                text.startsWith("169")
                        ? record(Map.of("ip", ip, "special", new Value.Text("metadata")))
                        : record(Map.of("ip", ip)),
                above,
                Value.Record.of());
    }

    private static Value.Record record(Map<String, Value> fields) {
        return Value.Record.of(fields);
    }

    private static Value.Record connection(String transport, int port) {
        return record(Map.of("transport", new Value.Text(transport), "port", new Value.Int(port)));
    }

    /** Allowed and denied in every way there is. */
    private static List<Request> questions() {
        EntityUid connect = action("connect");
        return List.of(
                new Request(AGENT, connect, host("host0.example.com"), connection("tcp", 443)),
                new Request(
                        AGENT,
                        action("resolve"),
                        host("host0.example.com"),
                        record(Map.of("type", new Value.Text("A")))),
                new Request(AGENT, connect, host("git.team4.example.org"), connection("tcp", 443)),
                new Request(AGENT, connect, host("db.example.com"), connection("tcp", 5432)),
                new Request(AGENT, connect, host("elsewhere.example.net"), connection("tcp", 443)),
                new Request(AGENT, connect, new EntityUid("Address", "10.20.1.2"), connection("tcp", 22)),
                new Request(AGENT, connect, new EntityUid("Address", "169.254.169.254"), connection("udp", 4444)),
                new Request(
                        AGENT,
                        action("exec"),
                        new EntityUid("Program", "/usr/bin/git"),
                        record(Map.of(
                                "arguments",
                                new Value.Int(2),
                                "complete",
                                Value.Bool.TRUE,
                                "cwd",
                                new Value.Text("/home/dev/repo"),
                                "argv",
                                record(Map.of("0", new Value.Text("git"), "1", new Value.Text("status")))))));
    }
}
