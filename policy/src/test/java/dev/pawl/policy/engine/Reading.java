package dev.pawl.policy.engine;

import dev.pawl.core.AddressGrant;
import dev.pawl.core.Attempt;
import dev.pawl.core.Boundary;
import dev.pawl.core.Charter;
import dev.pawl.core.Cidr;
import dev.pawl.core.CommandGrant;
import dev.pawl.core.Decision;
import dev.pawl.core.Decision.Verdict;
import dev.pawl.core.HostGrant;
import dev.pawl.core.Leaks;
import dev.pawl.core.ProcessInfo;
import dev.pawl.core.Ranges;
import dev.pawl.policy.Organization;
import dev.pawl.policy.PolicyBundle;
import dev.pawl.policy.Zone;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides from a charter's records without Cedar, for comparison: written from docs/charter.md, docs/organization.md and
 * docs/events.md, one kind of attempt at a time. Prohibitions written as Cedar it does not know.
 */
final class Reading {
    private final Charter charter;
    private final Organization organization;
    private final List<Boundary> boundaries;

    /** Verdict, rule and boundary of a decision. */
    record Told(Verdict verdict, String rule, @Nullable String boundary) {
        static Told of(Decision decision) {
            return new Told(decision.verdict(), decision.rule(), decision.boundary());
        }
    }

    Reading(PolicyBundle bundle) {
        this.charter = bundle.charter();
        this.organization = bundle.organization();
        this.boundaries = bundle.boundaries();
    }

    Told decide(Attempt attempt) {
        return switch (attempt) {
            case Attempt.Resolve resolve ->
                hostForbidden(resolve.name(), 0)
                        .or(() -> hostGranted(resolve.name(), 0).map(told -> allow(told.rule())))
                        .orElse(deny("default", "no-covert-channels"));
            case Attempt.Connect connect ->
                connect.host().isPresent() ? named(connect, connect.host().get()) : raw(connect);
            case Attempt.Dial dial -> dial(dial);
            case Attempt.Request request -> request(request);
            case Attempt.Leak leak -> leak(leak);
            case Attempt.Spend spend -> spend(spend);
            case Attempt.Speak speak -> speak(speak);
            // Its charters grant none; ToolGrantsTest has some.
            case Attempt.Tool _ -> deny("default", null);
            case Attempt.LocalConnect local ->
                local.inside() ? allow("sandbox-socket") : deny("host-socket", "no-lateral-movement");
            case Attempt.Exec exec -> exec(exec);
            case Attempt.Mount mount -> mount(mount);
        };
    }

    private Told named(Attempt.Connect connect, String host) {
        if (connect.transport() == Attempt.Transport.UDP) {
            return deny("udp", "no-covert-channels");
        }
        return hostForbidden(host, connect.port())
                .or(() -> hostGranted(host, connect.port()))
                .orElse(deny("default", "no-covert-channels"));
    }

    private Told request(Attempt.Request request) {
        return hostForbidden(request.host(), request.port())
                .or(() -> ownFirst(charter.network().allow(), HostGrant::id)
                        .filter(grant ->
                                covered(request.host(), List.of(grant.host())) && grant.port() == request.port())
                        .sorted(Comparator.<HostGrant, Boolean>comparing(grant -> joined(grant.id()))
                                .thenComparing(grant -> grant.host().startsWith("*"))
                                .thenComparingInt(grant -> -grant.host().length()))
                        .flatMap(grant -> RequestReading.of(grant, request))
                        .min(Comparator.comparing((Told told) -> told.verdict() == Verdict.ASK)))
                .orElse(deny("default", null));
    }

    /** The sandbox's own prohibition comes before those of boundaries. */
    private Told leak(Attempt.Leak leak) {
        String host = leak.request().host();
        int port = leak.request().port();
        if (!List.of("private-key", "password").contains(leak.kind())) {
            return deny("leak.marked", "no-data-exfiltration");
        }
        return hostForbidden(host, port)
                .or(() -> ownFirst(charter.network().allow(), HostGrant::id)
                        .filter(grant -> covered(host, List.of(grant.host())) && grant.port() == port)
                        .filter(grant -> grant.inspection()
                                .filter(read -> read.leaks() == Leaks.ASK)
                                .isPresent())
                        .min(Comparator.<HostGrant, Boolean>comparing(grant -> joined(grant.id()))
                                .thenComparing(grant -> grant.host().startsWith("*"))
                                .thenComparingInt(grant -> -grant.host().length()))
                        .map(grant -> new Told(Verdict.ASK, grant.id() + ".leaks", null)))
                .orElse(deny("default", "no-data-exfiltration"));
    }

    private Told spend(Attempt.Spend spend) {
        String host = spend.request().host();
        int port = spend.request().port();
        return hostForbidden(host, port)
                .or(() -> ownFirst(charter.network().allow(), HostGrant::id)
                        .filter(grant -> covered(host, List.of(grant.host())) && grant.port() == port)
                        .sorted(Comparator.<HostGrant, Boolean>comparing(grant -> joined(grant.id()))
                                .thenComparing(grant -> grant.host().startsWith("*"))
                                .thenComparingInt(grant -> -grant.host().length()))
                        .flatMap(grant -> SpendReading.of(grant, spend))
                        .min(Comparator.comparing((Told told) -> told.verdict() == Verdict.ASK)))
                .orElse(deny("default", "no-spending"));
    }

    private Told speak(Attempt.Speak speak) {
        for (Boundary boundary : boundaries) {
            if (boundary.forbidden().protocols().contains(speak.protocol())) {
                return deny(boundary.id() + ".protocols", boundary.id());
            }
        }
        if (speak.host().isPresent()) {
            return zone(zone -> covered(speak.host().get(), zone.hosts())).orElse(allow("spoken"));
        }
        InetAddress plain = Ranges.plain(speak.address());
        return Stream.concat(Ranges.carried(plain).stream(), Stream.of(plain))
                .flatMap(address -> zone(zone -> contained(address, zone.networks())).stream())
                .findFirst()
                .orElse(allow("spoken"));
    }

    private Optional<Told> zone(Predicate<Zone> touched) {
        return organization.zones().stream()
                .filter(zone -> closed(zone) && touched.test(zone))
                .findFirst()
                .map(zone -> deny("zone." + zone.id(), zone.boundary()));
    }

    /** Port 0 stands for asking the name only. */
    private Optional<Told> hostForbidden(String host, int port) {
        for (Boundary boundary : boundaries) {
            if (covered(host, boundary.forbidden().hosts())) {
                return Optional.of(deny(boundary.id() + ".hosts", boundary.id()));
            }
            if (boundary.forbidden().ports().contains(port)) {
                return Optional.of(deny(boundary.id() + ".ports", boundary.id()));
            }
        }
        for (Zone zone : organization.zones()) {
            if (closed(zone) && covered(host, zone.hosts())) {
                return Optional.of(deny("zone." + zone.id(), zone.boundary()));
            }
        }
        return organization.limits().hosts().isPresent()
                        && !covered(host, organization.limits().hosts().get())
                ? Optional.of(deny("limits.hosts", "no-data-exfiltration"))
                : Optional.empty();
    }

    private Optional<Told> hostGranted(String host, int port) {
        return ownFirst(charter.network().allow(), HostGrant::id)
                .filter(grant -> covered(host, List.of(grant.host())) && (port == 0 || grant.port() == port))
                .min(Comparator.<HostGrant, Boolean>comparing(
                                grant -> grant.ask().isPresent())
                        .thenComparing(grant -> joined(grant.id()))
                        .thenComparing(grant -> grant.host().startsWith("*"))
                        .thenComparingInt(grant -> -grant.host().length()))
                .map(grant -> granted(grant.ask(), grant.id()));
    }

    private Told raw(Attempt.Connect connect) {
        InetAddress address = Ranges.plain(connect.address());
        boolean udp = connect.transport() == Attempt.Transport.UDP;
        for (InetAddress carried : Ranges.carried(address)) {
            Optional<Told> forbidden = addressForbidden(carried, connect.port(), udp, true);
            if (forbidden.isPresent()) {
                return forbidden.get();
            }
        }
        Optional<Told> forbidden = addressForbidden(address, connect.port(), udp, true);
        if (forbidden.isPresent()) {
            return forbidden.get();
        }
        boolean loopback = address.isLoopbackAddress();
        if (!loopback && isPrivate(address, connect.port())) {
            return deny("private-address", "no-lateral-movement");
        }
        if (loopback) {
            return allow("sandbox-loopback");
        }
        Told told = addressGranted(address, connect.port()).orElseGet(() -> ungranted(address));
        boolean asks = Ranges.carried(address).stream()
                .filter(carried -> !carried.isLoopbackAddress())
                .anyMatch(carried -> asks(carried, connect.port()));
        return asks ? asked(told) : told;
    }

    private boolean asks(InetAddress address, int port) {
        return addressGranted(address, port)
                .filter(told -> told.verdict() == Verdict.ASK)
                .isPresent();
    }

    private static Told asked(Told told) {
        return told.verdict() == Verdict.ALLOW ? new Told(Verdict.ASK, told.rule(), null) : told;
    }

    private Told dial(Attempt.Dial dial) {
        InetAddress address = Ranges.plain(dial.address());
        for (InetAddress carried : Ranges.carried(address)) {
            Optional<Told> forbidden = addressForbidden(carried, dial.port(), false, false);
            if (forbidden.isPresent()) {
                return forbidden.get();
            }
        }
        Optional<Told> forbidden = addressForbidden(address, dial.port(), false, false);
        if (forbidden.isPresent()) {
            return forbidden.get();
        }
        if (!dial.routed() && isPrivate(address, dial.port())) {
            return deny("private-address", "no-lateral-movement");
        }
        Optional<Told> granted = addressGranted(address, dial.port());
        boolean open = dial.routed() || Ranges.special(address).isEmpty();
        Told told = granted.filter(each -> each.verdict() == Verdict.ALLOW || !open)
                .orElseGet(() -> open ? allow("open-address") : ungranted(address));
        boolean asks = Ranges.carried(address).stream()
                .filter(carried -> !dial.routed() && Ranges.special(carried).isPresent())
                .anyMatch(carried -> asks(carried, dial.port()));
        return asks ? asked(told) : told;
    }

    private Optional<Told> addressForbidden(InetAddress address, int port, boolean udp, boolean inside) {
        boolean loopback = inside && address.isLoopbackAddress();
        if (udp && !loopback) {
            return Optional.of(deny("udp", "no-covert-channels"));
        }
        for (Boundary boundary : boundaries) {
            if (contained(address, boundary.forbidden().networks())) {
                return Optional.of(deny(boundary.id() + ".networks", boundary.id()));
            }
            if (!loopback && boundary.forbidden().ports().contains(port)) {
                return Optional.of(deny(boundary.id() + ".ports", boundary.id()));
            }
        }
        return organization.zones().stream()
                .filter(zone -> closed(zone) && contained(address, zone.networks()))
                .findFirst()
                .map(zone -> deny("zone." + zone.id(), zone.boundary()));
    }

    private boolean isPrivate(InetAddress address, int port) {
        return Ranges.special(address).isPresent()
                && !lifted("no-lateral-movement")
                && addressGranted(address, port).isEmpty();
    }

    private Optional<Told> addressGranted(InetAddress address, int port) {
        return ownFirst(charter.network().addresses(), AddressGrant::id)
                .filter(grant -> grant.port() == port && grant.range().contains(address))
                .min(Comparator.<AddressGrant, Boolean>comparing(
                                grant -> grant.ask().isPresent())
                        .thenComparing(grant -> joined(grant.id()))
                        .thenComparingInt(grant -> -grant.range().prefix()))
                .map(grant -> granted(grant.ask(), grant.id()));
    }

    private static Told ungranted(InetAddress address) {
        String kind = Ranges.special(address).orElse("");
        return deny(
                "default",
                kind.equals("metadata")
                        ? "no-credential-hunting"
                        : kind.isEmpty() || kind.equals("benchmark") ? "no-covert-channels" : "no-lateral-movement");
    }

    private Told exec(Attempt.Exec exec) {
        for (Boundary boundary : boundaries) {
            if (boundary.forbidden().programs().stream()
                    .anyMatch(path -> path.toString().equals(exec.file()))) {
                return deny(boundary.id() + ".programs", boundary.id());
            }
        }
        Optional<Told> zone = exec.file().isEmpty() ? Optional.empty() : pathInZone(Path.of(exec.file()));
        if (zone.isPresent()) {
            return zone.get();
        }
        if (charter.commands().isEmpty()) {
            return allow("exec");
        }
        return ownFirst(charter.commands().get(), CommandGrant::id)
                .filter(grant -> grant.program().toString().equals(exec.file()))
                .filter(grant -> grant.arguments().isEmpty()
                        || grant.arguments().stream().anyMatch(pattern -> matches(pattern, exec.program())))
                .min(Comparator.comparing(grant -> grant.ask().isPresent()))
                .map(grant -> granted(grant.ask(), grant.id()))
                .orElse(deny("default", null));
    }

    private static boolean matches(CommandGrant.Arguments pattern, ProcessInfo program) {
        List<String> argv = program.argv();
        if (argv.size() >= 256 || argv.stream().anyMatch(argument -> argument.endsWith("…"))) {
            return false;
        }
        List<String> arguments = argv.isEmpty() ? argv : argv.subList(1, argv.size());
        int words = pattern.words().size();
        if (pattern.more() ? arguments.size() < words : arguments.size() != words) {
            return false;
        }
        for (int i = 0; i < words; i++) {
            // \Q...\E around everything but an unescaped star.
            String expression = Stream.of(pattern.words().get(i).split("(?<!\\\\)\\*", -1))
                    .map(piece -> Pattern.quote(piece.replace("\\*", "*")))
                    .reduce((left, right) -> left + ".*" + right)
                    .orElse("");
            if (!Pattern.compile(expression, Pattern.DOTALL)
                    .matcher(arguments.get(i))
                    .matches()) {
                return false;
            }
        }
        return true;
    }

    private Told mount(Attempt.Mount mount) {
        TreeSet<String> below = new TreeSet<>();
        Stream.of(
                        boundaries.stream().flatMap(each -> each.forbidden().read().stream()),
                        boundaries.stream().flatMap(each -> each.forbidden().write().stream()),
                        organization.zones().stream().flatMap(each -> each.paths().stream()))
                .flatMap(paths -> paths)
                .filter(path -> path.startsWith(mount.path()) && !path.equals(mount.path()))
                .forEach(path -> below.add(path.toString()));
        List<Path> paths = new ArrayList<>(List.of(mount.path()));
        below.forEach(path -> paths.add(Path.of(path)));
        for (Path path : paths) {
            Optional<Told> forbidden = pathForbidden(path, mount.write());
            if (forbidden.isPresent()) {
                return forbidden.get();
            }
        }
        return pathGranted(mount.path(), mount.write()).orElse(deny("default", null));
    }

    private Optional<Told> pathForbidden(Path path, boolean write) {
        for (Boundary boundary : boundaries) {
            if (boundary.forbidden().read().stream().anyMatch(path::startsWith)) {
                return Optional.of(deny(boundary.id() + ".read", boundary.id()));
            }
            if (write && boundary.forbidden().write().stream().anyMatch(path::startsWith)) {
                return Optional.of(deny(boundary.id() + ".write", boundary.id()));
            }
        }
        return pathInZone(path);
    }

    private Optional<Told> pathInZone(Path path) {
        return organization.zones().stream()
                .filter(zone -> closed(zone) && zone.paths().stream().anyMatch(path::startsWith))
                .findFirst()
                .map(zone -> deny("zone." + zone.id(), zone.boundary()));
    }

    private Optional<Told> pathGranted(Path path, boolean write) {
        List<Path> joined = organization.grants().read();
        List<Path> read = charter.files().read();
        for (int i = 0; i < read.size() && !write; i++) {
            if (path.startsWith(read.get(i)) && !joined.contains(read.get(i))) {
                return Optional.of(allow("files.read[" + i + "]"));
            }
        }
        for (int i = 0; i < charter.files().write().size(); i++) {
            if (path.startsWith(charter.files().write().get(i))) {
                return Optional.of(allow("files.write[" + i + "]"));
            }
        }
        if (path.startsWith(charter.workspace())) {
            return Optional.of(allow("workspace"));
        }
        return read.stream()
                .filter(granted -> !write && path.startsWith(granted))
                .findFirst()
                .map(granted -> allow("organization.grants.files.read[" + joined.indexOf(granted) + "]"));
    }

    private boolean closed(Zone zone) {
        return !zone.agents().contains(charter.agent());
    }

    private boolean lifted(String boundary) {
        return organization.lifts().stream()
                .anyMatch(lift ->
                        lift.boundary().equals(boundary) && lift.agents().contains(charter.agent()));
    }

    private static <G> Stream<G> ownFirst(List<G> grants, java.util.function.Function<G, String> id) {
        return Stream.concat(
                grants.stream().filter(grant -> !joined(id.apply(grant))),
                grants.stream().filter(grant -> joined(id.apply(grant))));
    }

    private static boolean joined(String id) {
        return id.startsWith("organization.grants.");
    }

    private static boolean covered(String name, List<String> patterns) {
        return patterns.stream()
                .anyMatch(pattern -> pattern.startsWith("*")
                        ? name.matches("(?s).+" + Pattern.quote(pattern.substring(1)))
                        : name.equals(pattern));
    }

    private static boolean contained(InetAddress address, List<Cidr> ranges) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    private static Told granted(Optional<String> ask, String rule) {
        return new Told(ask.isPresent() ? Verdict.ASK : Verdict.ALLOW, rule, null);
    }

    private static Told allow(String rule) {
        return new Told(Verdict.ALLOW, rule, null);
    }

    private static Told deny(String rule, @Nullable String boundary) {
        return new Told(Verdict.DENY, rule, boundary);
    }
}
