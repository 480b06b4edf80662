package dev.pawl.policy.engine;

import dev.pawl.core.AddressGrant;
import dev.pawl.core.Boundary;
import dev.pawl.core.Budget;
import dev.pawl.core.Charter;
import dev.pawl.core.Cidr;
import dev.pawl.core.CommandGrant;
import dev.pawl.core.HostGrant;
import dev.pawl.core.Inspection;
import dev.pawl.core.Leaks;
import dev.pawl.core.Price;
import dev.pawl.core.Protocol;
import dev.pawl.core.RequestRule;
import dev.pawl.core.Spending;
import dev.pawl.policy.DefaultGrants;
import dev.pawl.policy.Lift;
import dev.pawl.policy.Limits;
import dev.pawl.policy.Organization;
import dev.pawl.policy.PolicyBundle;
import dev.pawl.policy.PolicyFile;
import dev.pawl.policy.Zone;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.IntFunction;

/** Bundles out of few words, so that grants, boundaries and attempts meet often. */
final class RandomBundles {
    static final List<String> HOSTS = List.of(
            "example.com",
            "a.example.com",
            "b.a.example.com",
            "c.b.a.example.com",
            "pay.example.org",
            "x.org",
            "org",
            "ba.example.com",
            ".example.com",
            "a.example.com.",
            "");
    static final List<String> PATTERNS = List.of(
            "a.example.com",
            "*.example.com",
            "*.a.example.com",
            "example.com",
            "pay.example.org",
            "*.org",
            "*.com",
            "b.a.example.com");
    static final List<Integer> PORTS = List.of(22, 80, 443, 5432, 65535);
    static final List<String> ADDRESSES = List.of(
            "10.1.2.3",
            "10.1.9.9",
            "10.200.0.1",
            "192.168.7.7",
            "127.0.0.1",
            "127.9.9.9",
            "::1",
            "203.0.113.9",
            "203.0.113.200",
            "169.254.169.254",
            "169.254.1.1",
            "198.18.0.9",
            "0.0.0.0",
            "224.0.0.251",
            "2001:db8::5",
            "fd12::1",
            "fe80::1",
            "::ffff:10.1.2.3",
            "64:ff9b::a01:203",
            "64:ff9b::cb00:7109",
            "64:ff9b::a9fe:a9fe",
            "2002:a01:203::1",
            "2001:0:a01:203::f5fe:fdfc",
            "::7f00:1",
            "100.100.100.200",
            "8.8.8.8");
    static final List<String> RANGES = List.of(
            "10.0.0.0/8",
            "10.1.0.0/16",
            "10.1.2.3",
            "203.0.113.0/24",
            "203.0.113.0/25",
            "127.0.0.0/8",
            "0.0.0.0/0",
            "169.254.169.254",
            "64:ff9b::/96",
            "2001:db8::/32",
            "fd00::/8",
            "::/0",
            "192.168.0.0/16",
            "::1");
    static final List<String> PATHS = List.of(
            "/srv", "/srv/a", "/srv/a/b", "/srv/ab", "/srv/a/b/c", "/opt", "/opt/t", "/home/u/w", "/home/u", "/");
    static final List<String> PROGRAMS =
            List.of("/usr/bin/git", "/usr/bin/gi", "/opt/t/run", "/srv/a/tool", "/usr/bin/sh", "");
    static final List<String> WORDS = List.of("a", "b", "ab", "a*b", "*", "", "-v", "\\*", "a\\", "\"", "…", "a…");
    static final List<String> PATTERN_WORDS =
            List.of("a", "b", "a*", "*b", "*", "a\\*b", "**", "-v", "\\*", "\"", "a\\");
    static final List<String> METHODS = List.of("GET", "POST", "*");
    static final List<String> SEGMENTS = List.of(
            "a", "b", "ab", "", "*", "**", "a*", "\\", "\"", "..", "%2f", "a%2fb", "\u0000", "\ud800", "é", "a\nb", "?",
            "a b");
    static final List<String> PATTERN_SEGMENTS = List.of("a", "b", "a*", "*b", "*", "\\*", "a\\*", "", "é", "\"");
    static final List<String> SPOKEN = List.of("ssh", "stratum", "tls", "unknown");
    static final List<String> AGENTS = List.of("fixer", "deployer", "auditor");

    private final Random random;

    RandomBundles(Random random) {
        this.random = random;
    }

    PolicyBundle next() {
        Organization organization = random.nextInt(3) == 0 ? Organization.NONE : organization();
        return new PolicyBundle(joined(charter(), organization.grants()), organization, List.of());
    }

    /** The same with policies in Cedar, of both kinds. */
    PolicyBundle withPolicies(PolicyBundle bundle, String text) {
        return new PolicyBundle(
                bundle.charter(), bundle.organization(), List.of(new PolicyFile("policies/own.cedar", text)));
    }

    private Charter charter() {
        return new Charter(
                pick(AGENTS),
                new Charter.Owner("Ada", List.of()),
                "Test",
                Path.of(pick(List.of("/home/u/w", "/srv/a"))),
                new Charter.FileGrants(paths(3), paths(2)),
                new Charter.NetworkGrants(allow(""), addresses(""), Map.of(), Optional.empty()),
                random.nextBoolean() ? Optional.empty() : Optional.of(commands("")),
                new Charter.Environment(List.of(), Map.of()),
                Budget.DEFAULT,
                random.nextBoolean() ? List.of() : list(3, i -> boundary("own-" + i)),
                List.of(),
                "charter.yaml");
    }

    private Organization organization() {
        return new Organization(
                "Corp",
                list(3, this::zone),
                random.nextBoolean()
                        ? DefaultGrants.NONE
                        : new DefaultGrants(
                                allow(DefaultGrants.PREFIX),
                                addresses(DefaultGrants.PREFIX),
                                commands(DefaultGrants.PREFIX),
                                paths(2),
                                List.of()),
                list(2, i -> boundary("corp-" + i)),
                list(
                        2,
                        i -> new Lift(
                                pick(List.of(
                                        "no-lateral-movement",
                                        "no-credential-hunting",
                                        "no-covert-channels",
                                        "corp-0")),
                                some(2, AGENTS),
                                "Because")),
                new Limits(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        random.nextInt(3) == 0 ? Optional.of(some(4, PATTERNS)) : Optional.empty()),
                List.of(),
                List.of(),
                "/etc/pawl/organization.yaml");
    }

    /** As the loader joins them: what the charter has already is not added again. */
    private static Charter joined(Charter own, DefaultGrants grants) {
        List<Path> read = new ArrayList<>(own.files().read());
        grants.read().stream()
                .filter(path -> !own.files().read().contains(path)
                        && !own.files().write().contains(path))
                .forEach(read::add);
        List<HostGrant> allow = new ArrayList<>(own.network().allow());
        allow.addAll(grants.allow());
        List<AddressGrant> addresses = new ArrayList<>(own.network().addresses());
        addresses.addAll(grants.addresses());
        Optional<List<CommandGrant>> commands = own.commands().map(these -> {
            List<CommandGrant> all = new ArrayList<>(these);
            all.addAll(grants.commands());
            return all;
        });
        return new Charter(
                own.agent(),
                own.owner(),
                own.purpose(),
                own.workspace(),
                new Charter.FileGrants(read, own.files().write()),
                new Charter.NetworkGrants(allow, addresses, Map.of(), Optional.empty()),
                commands,
                own.env(),
                own.budget(),
                own.boundaries(),
                List.of(),
                own.source());
    }

    private Boundary boundary(String id) {
        return new Boundary(
                id,
                "Do it",
                "Reason of " + id,
                new Boundary.Forbidden(
                        some(2, PATTERNS),
                        some(2, RANGES).stream().map(Cidr::parse).toList(),
                        random.nextInt(3) == 0 ? some(2, PORTS) : List.of(),
                        some(2, PROGRAMS.subList(0, 5)).stream().map(Path::of).toList(),
                        random.nextInt(3) == 0 ? paths(2) : List.of(),
                        random.nextInt(3) == 0 ? paths(2) : List.of(),
                        random.nextInt(3) == 0 ? some(2, SPOKEN) : List.of(),
                        ""),
                "",
                List.of(),
                "");
    }

    private Zone zone(int index) {
        return new Zone(
                "zone-" + index,
                "Reason of " + index,
                pick(List.of("no-lateral-movement", "no-production-change")),
                some(2, RANGES).stream().map(Cidr::parse).toList(),
                some(2, PATTERNS),
                random.nextInt(3) == 0 ? paths(2) : List.of(),
                some(2, AGENTS));
    }

    private List<HostGrant> allow(String prefix) {
        return list(
                4,
                i -> new HostGrant(
                        prefix + "network.allow[" + i + "]",
                        pick(PATTERNS),
                        pick(PORTS),
                        pick(List.of(Protocol.values())),
                        ask(),
                        inspection(prefix + "network.allow[" + i + "]")));
    }

    private Optional<Inspection> inspection(String grant) {
        return random.nextInt(3) == 0
                ? Optional.empty()
                : Optional.of(new Inspection(
                        list(
                                4,
                                i -> new RequestRule(
                                        grant + ".requests[" + i + "]",
                                        pick(METHODS),
                                        segments(),
                                        random.nextBoolean(),
                                        ask())),
                        OptionalLong.empty(),
                        pick(List.of(Leaks.values())),
                        spending(grant)));
    }

    private Spending spending(String grant) {
        return new Spending(
                pick(List.of(Spending.Otherwise.values())),
                list(
                        3,
                        i -> new Spending.Allowed(
                                grant + ".spend[" + i + "]",
                                pick(List.of("aws", "stripe")),
                                pick(List.of("RunInstances", "Run*", "*", "charges.create")),
                                random.nextBoolean()
                                        ? Optional.empty()
                                        : Optional.of(new Price(
                                                random.nextInt(4),
                                                pick(List.of("USD", "EUR")),
                                                pick(List.of(Price.Per.values())))))));
    }

    /** None for "/", as the reader has it. */
    private List<String> segments() {
        List<String> segments = list(4, _ -> pick(PATTERN_SEGMENTS));
        return segments.equals(List.of("")) ? List.of() : segments;
    }

    private List<AddressGrant> addresses(String prefix) {
        return list(
                4,
                i -> new AddressGrant(
                        prefix + "network.addresses[" + i + "]",
                        Cidr.parse(pick(RANGES)),
                        pick(PORTS),
                        Protocol.TCP,
                        ask()));
    }

    private List<CommandGrant> commands(String prefix) {
        List<String> programs = list(4, _ -> pick(PROGRAMS.subList(0, 5)));
        return list(
                programs.size(),
                i -> new CommandGrant(
                        prefix + "commands[" + i + "]",
                        Path.of(programs.get(i)),
                        list(
                                3,
                                _ -> new CommandGrant.Arguments(
                                        list(4, _ -> pick(PATTERN_WORDS)), random.nextBoolean())),
                        ask()));
    }

    private Optional<String> ask() {
        return random.nextInt(3) == 0 ? Optional.of("somebody should look") : Optional.empty();
    }

    private List<Path> paths(int most) {
        return some(most, PATHS.subList(0, 9)).stream().map(Path::of).toList();
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** Different ones, none or more. */
    private <T> List<T> some(int most, List<T> from) {
        return list(most, _ -> pick(from)).stream().distinct().toList();
    }

    private <T> List<T> list(int most, IntFunction<T> item) {
        List<T> items = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            items.add(item.apply(items.size()));
        }
        return items;
    }
}
