package dev.pawl.policy.review;

import dev.pawl.core.AddressGrant;
import dev.pawl.core.Boundary;
import dev.pawl.core.Budget;
import dev.pawl.core.Charter;
import dev.pawl.core.Cidr;
import dev.pawl.core.CommandGrant;
import dev.pawl.core.HostGrant;
import dev.pawl.core.Protocol;
import dev.pawl.policy.DefaultGrants;
import dev.pawl.policy.Lift;
import dev.pawl.policy.Limits;
import dev.pawl.policy.Organization;
import dev.pawl.policy.PolicyBundle;
import dev.pawl.policy.StandardBoundaries;
import dev.pawl.policy.Zone;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Makes charters out of few words, so that their grants and boundaries meet. Seeded; for one thread. */
final class RandomCharters {
    private static final List<String> LABELS = List.of("a", "b");
    private static final List<Integer> PORTS = List.of(22, 80, 443);
    private static final List<String> ADDRESSES = List.of(
            "10.0.0.0/28",
            "10.0.0.0/29",
            "10.0.0.8/29",
            "10.0.0.4/30",
            "10.0.0.5",
            "203.0.113.0/29",
            "203.0.113.4/30",
            "203.0.113.6",
            "127.0.0.1",
            "169.254.169.254",
            "64:ff9b::/96",
            "64:ff9b::a00:5",
            "2001:db8::/126");
    private static final List<String> WORDS = List.of("x", "y", "x*", "*", "\\*", "*y");

    private final Random random;

    RandomCharters(long seed) {
        this.random = new Random(seed);
    }

    /** An organisation; most lift all standard boundaries, which makes their engines small. */
    Organization organization() {
        List<Lift> lifts = chance(5)
                ? List.of()
                : StandardBoundaries.all().stream()
                        .map(boundary -> new Lift(boundary.id(), List.of("fixer", "mailer"), "a test"))
                        .toList();
        List<HostGrant> allow = hosts("organization.grants.network.allow", random.nextInt(2));
        List<AddressGrant> addresses = addresses("organization.grants.network.addresses", random.nextInt(2));
        List<CommandGrant> commands = commands("organization.grants.commands", random.nextInt(2));
        Limits limits = new Limits(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                chance(4) ? Optional.of(some(this::pattern, 1 + random.nextInt(2))) : Optional.empty());
        return new Organization(
                "Example",
                chance(2) ? List.of(zone()) : List.of(),
                new DefaultGrants(allow, addresses, commands, List.of(), List.of()),
                chance(3) ? List.of(boundary("org-rule")) : List.of(),
                lifts,
                limits,
                List.of(),
                List.of(),
                "organization.yaml");
    }

    /** A charter of its own. */
    PolicyBundle bundle(Organization organization) {
        Charter own = new Charter(
                chance(4) ? "mailer" : "fixer",
                new Charter.Owner("Ada", List.of()),
                "a test",
                path(),
                new Charter.FileGrants(some(this::path, random.nextInt(2)), some(this::path, random.nextInt(2))),
                network(hosts("network.allow", random.nextInt(4)), addresses("network.addresses", random.nextInt(3))),
                chance(3) ? Optional.empty() : Optional.of(commands("commands", random.nextInt(3))),
                new Charter.Environment(List.of(), Map.of()),
                Budget.DEFAULT,
                chance(2) ? List.of() : List.of(boundary("own-rule")),
                List.of(),
                "pawl.yaml");
        return joined(own, organization);
    }

    /** The same with a few parts made anew, moved or dropped. */
    PolicyBundle changed(PolicyBundle bundle) {
        Charter charter = bundle.charter();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            charter = changed(charter);
        }
        return new PolicyBundle(charter, bundle.organization(), List.of());
    }

    private Charter changed(Charter old) {
        int part = random.nextInt(10);
        return new Charter(
                part == 0 && chance(2) ? (chance(2) ? "mailer" : "fixer") : old.agent(),
                old.owner(),
                old.purpose(),
                part == 1 ? path() : old.workspace(),
                new Charter.FileGrants(
                        part == 2
                                ? list(old.files().read(), this::path)
                                : old.files().read(),
                        part == 3
                                ? list(old.files().write(), this::path)
                                : old.files().write()),
                network(
                        part >= 4 && part <= 5
                                ? renamedHosts(list(old.network().allow(), () -> host("new")))
                                : old.network().allow(),
                        part == 6
                                ? renamedAddresses(list(old.network().addresses(), () -> address("new")))
                                : old.network().addresses()),
                part == 7
                        ? old.commands().isEmpty() || chance(4)
                                ? chance(2) ? Optional.empty() : Optional.of(commands("commands", 2))
                                : old.commands().map(grants -> renamedCommands(list(grants, () -> command("new"))))
                        : old.commands(),
                old.env(),
                old.budget(),
                part >= 8
                        ? old.boundaries().isEmpty() || chance(3)
                                ? chance(2) ? List.of() : List.of(boundary("own-rule"))
                                : List.of(changed(old.boundaries().getFirst()))
                        : old.boundaries(),
                old.instructions(),
                old.source());
    }

    private Boundary changed(Boundary old) {
        Boundary.Forbidden was = old.forbidden();
        int part = random.nextInt(6);
        Boundary.Forbidden now = new Boundary.Forbidden(
                part == 0 ? list(was.hosts(), this::pattern) : was.hosts(),
                part == 1 ? list(was.networks(), this::range) : was.networks(),
                part == 2 ? list(was.ports(), this::port) : was.ports(),
                part == 3 ? list(was.programs(), this::program) : was.programs(),
                part == 4 ? list(was.read(), this::path) : was.read(),
                part == 5 ? list(was.write(), this::path) : was.write(),
                "");
        return new Boundary(old.id(), old.never(), old.because(), now, "", List.of(), "");
    }

    /** A list with something added, dropped, replaced or moved. */
    private <T> List<T> list(List<T> old, Supplier<T> make) {
        List<T> list = new ArrayList<>(old);
        if (!list.isEmpty() && chance(2)) {
            list.remove(random.nextInt(list.size()));
        }
        if (chance(2)) {
            list.add(random.nextInt(list.size() + 1), make.get());
        }
        Collections.rotate(list, random.nextInt(3));
        return list.stream().distinct().toList();
    }

    private static Charter.NetworkGrants network(List<HostGrant> allow, List<AddressGrant> addresses) {
        return new Charter.NetworkGrants(allow, addresses, Map.of(), Optional.empty());
    }

    private static PolicyBundle joined(Charter own, Organization organization) {
        DefaultGrants grants = organization.grants();
        Charter joined = new Charter(
                own.agent(),
                own.owner(),
                own.purpose(),
                own.workspace(),
                own.files(),
                network(
                        both(own.network().allow(), grants.allow()),
                        both(own.network().addresses(), grants.addresses())),
                own.commands().map(commands -> both(commands, grants.commands())),
                own.env(),
                own.budget(),
                own.boundaries(),
                own.instructions(),
                own.source());
        return new PolicyBundle(joined, organization, List.of());
    }

    private Zone zone() {
        return new Zone(
                "red",
                "a test",
                Zone.DEFAULT_BOUNDARY,
                some(this::range, random.nextInt(2)),
                some(this::pattern, random.nextInt(2)),
                some(this::path, random.nextInt(2)),
                chance(2) ? List.of("mailer") : List.of());
    }

    private Boundary boundary(String id) {
        Boundary.Forbidden forbidden = new Boundary.Forbidden(
                some(this::pattern, random.nextInt(2)),
                some(this::range, random.nextInt(2)),
                some(this::port, random.nextInt(2)),
                some(this::program, random.nextInt(2)),
                some(this::path, random.nextInt(2)),
                some(this::path, random.nextInt(2)),
                "");
        return new Boundary(id, "Do it", "A test", forbidden, "", List.of(), "");
    }

    private List<HostGrant> hosts(String id, int count) {
        return renamed(
                unique(some(() -> host(id), count), grant -> grant.host() + grant.port()),
                (grant, i) ->
                        new HostGrant(id + "[" + i + "]", grant.host(), grant.port(), grant.protocol(), grant.ask()));
    }

    private List<AddressGrant> addresses(String id, int count) {
        return renamed(
                unique(some(() -> address(id), count), grant -> grant.range() + " " + grant.port()),
                (grant, i) -> new AddressGrant(
                        id + "[" + i + "]", grant.range(), grant.port(), grant.protocol(), grant.ask()));
    }

    private List<CommandGrant> commands(String id, int count) {
        return renamed(
                unique(some(() -> command(id), count), grant -> grant.program() + " " + grant.ask()),
                (grant, i) -> new CommandGrant(id + "[" + i + "]", grant.program(), grant.arguments(), grant.ask()));
    }

    private List<HostGrant> renamedHosts(List<HostGrant> grants) {
        return renamed(
                unique(grants, grant -> grant.id().startsWith("o") + grant.host() + grant.port()),
                (grant, i) -> grant.id().startsWith("o")
                        ? grant
                        : new HostGrant(
                                "network.allow[" + i + "]", grant.host(), grant.port(), grant.protocol(), grant.ask()));
    }

    private List<AddressGrant> renamedAddresses(List<AddressGrant> grants) {
        return renamed(
                unique(grants, grant -> grant.id().startsWith("o") + "" + grant.range() + " " + grant.port()),
                (grant, i) -> grant.id().startsWith("o")
                        ? grant
                        : new AddressGrant(
                                "network.addresses[" + i + "]",
                                grant.range(),
                                grant.port(),
                                grant.protocol(),
                                grant.ask()));
    }

    private List<CommandGrant> renamedCommands(List<CommandGrant> grants) {
        return renamed(
                unique(grants, grant -> grant.id().startsWith("o") + "" + grant.program() + grant.ask()),
                (grant, i) -> grant.id().startsWith("o")
                        ? grant
                        : new CommandGrant("commands[" + i + "]", grant.program(), grant.arguments(), grant.ask()));
    }

    private HostGrant host(String id) {
        return new HostGrant(id, pattern(), port(), one(List.of(Protocol.values())), ask());
    }

    private AddressGrant address(String id) {
        return new AddressGrant(id, range(), port(), one(List.of(Protocol.values())), ask());
    }

    private CommandGrant command(String id) {
        List<CommandGrant.Arguments> patterns = some(
                () -> new CommandGrant.Arguments(some(() -> one(WORDS), random.nextInt(3)), random.nextBoolean()),
                random.nextInt(3));
        return new CommandGrant(id, program(), patterns, ask());
    }

    private Optional<String> ask() {
        return chance(3) ? Optional.of(one(List.of("why", "why not"))) : Optional.empty();
    }

    private Path program() {
        return chance(5) ? path() : one(List.of(Path.of("/usr/bin/git"), Path.of("/usr/bin/ls")));
    }

    private String pattern() {
        StringBuilder name = new StringBuilder("t");
        for (int i = random.nextInt(3); i > 0; i--) {
            name.insert(0, one(LABELS) + ".");
        }
        return chance(3) ? "*." + name : one(LABELS) + "." + name;
    }

    private Path path() {
        StringBuilder path = new StringBuilder("/s");
        for (int i = random.nextInt(3); i > 0; i--) {
            path.append('/').append(one(LABELS));
        }
        return Path.of(path.toString());
    }

    private Cidr range() {
        return Cidr.parse(one(ADDRESSES));
    }

    private int port() {
        return one(PORTS);
    }

    private <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private boolean chance(int in) {
        return random.nextInt(in) == 0;
    }

    private static <T> List<T> some(Supplier<T> make, int count) {
        return Stream.generate(make).limit(count).distinct().toList();
    }

    private static <T, K> List<T> unique(List<T> all, Function<T, K> key) {
        Map<K, T> kept = new LinkedHashMap<>();
        all.forEach(one -> kept.putIfAbsent(key.apply(one), one));
        return List.copyOf(kept.values());
    }

    private interface Numbered<T> {
        T of(T one, int number);
    }

    private static <T> List<T> renamed(List<T> all, Numbered<T> make) {
        List<T> renamed = new ArrayList<>();
        all.forEach(one -> renamed.add(make.of(one, renamed.size())));
        return renamed;
    }

    private static <T> List<T> both(List<T> one, List<T> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }
}
