package dev.pawl.policy;

import dev.pawl.core.AddressGrant;
import dev.pawl.core.Attempt;
import dev.pawl.core.Charter;
import dev.pawl.core.Decision;
import dev.pawl.core.HostGrant;
import dev.pawl.core.Policy;
import dev.pawl.core.Protocol;
import dev.pawl.core.Ranges;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides by the grants of one charter: what none of them covers is denied. Immutable and thread-safe. */
public final class Grants implements Policy {
    /** The rule of a denial because nothing grants the attempt. */
    public static final String DEFAULT = "default";

    /** The rule that lets programs of a run talk to each other over its own loopback. */
    public static final String SANDBOX_LOOPBACK = "sandbox-loopback";

    /** The rule that lets programs of a run talk to each other over unix sockets. */
    public static final String SANDBOX_SOCKET = "sandbox-socket";

    /** The rule against unix sockets of the host. */
    public static final String HOST_SOCKET = "host-socket";

    /** The rule against datagrams to the outside. */
    public static final String UDP = "udp";

    /** The rule that lets programs start; what they do is decided when they do it. */
    public static final String EXEC = "exec";

    private static final String COVERT = "no-covert-channels";
    private static final String LATERAL = "no-lateral-movement";
    private static final String CREDENTIALS = "no-credential-hunting";

    private final List<HostGrant> hosts;
    private final List<AddressGrant> addresses;
    private final Map<String, Protocol> protocols = new HashMap<>();

    /** Takes the network grants of {@code charter}. */
    public Grants(Charter charter) {
        // The more exact grant names the rule and the protocol: a name before a pattern, the longer pattern first.
        this.hosts = charter.network().allow().stream()
                .sorted(Comparator.<HostGrant, Boolean>comparing(
                                grant -> grant.host().startsWith("*."))
                        .thenComparingInt(grant -> -grant.host().length()))
                .toList();
        this.addresses = charter.network().addresses().stream()
                .sorted(Comparator.comparingInt(grant -> -grant.range().prefix()))
                .toList();
        hosts.forEach(grant -> protocols.put(grant.id(), grant.protocol()));
        addresses.forEach(grant -> protocols.put(grant.id(), grant.protocol()));
    }

    /** What may flow under the grant with this id; empty for fixed rules and unknown ids. */
    public Optional<Protocol> protocolOf(String ruleId) {
        return Optional.ofNullable(protocols.get(ruleId));
    }

    @Override
    public Decision decide(Attempt attempt) {
        return switch (attempt) {
            case Attempt.Exec exec -> Decision.allow(EXEC, "programs may start; what they do is decided as they do it");
            case Attempt.Resolve resolve -> resolve(resolve);
            case Attempt.LocalConnect local -> local(local);
            case Attempt.Connect connect -> connect(connect);
            case Attempt.Dial dial -> dial(dial);
            case Attempt.Mount mount -> Decision.allow("files", "the charter names " + mount.path());
        };
    }

    private Decision resolve(Attempt.Resolve resolve) {
        return hosts.stream()
                .filter(grant -> grant.covers(resolve.name()))
                .findFirst()
                .map(grant -> Decision.allow(grant.id(), grant.id() + " grants " + grant.host()))
                .orElseGet(() -> Decision.deny(
                        DEFAULT,
                        COVERT,
                        "no grant covers the name " + Shown.clean(resolve.name()) + "; no resolver was asked"));
    }

    private static Decision local(Attempt.LocalConnect local) {
        String path = Shown.clean(local.path());
        return local.inside()
                ? Decision.allow(SANDBOX_SOCKET, "a program of the same run listens at " + path)
                : Decision.deny(
                        HOST_SOCKET,
                        LATERAL,
                        "the unix socket " + path + " is not one this run made; it may be the host's");
    }

    private Decision connect(Attempt.Connect connect) {
        InetAddress address = Ranges.plain(connect.address());
        if (connect.host().isEmpty() && address.isLoopbackAddress()) {
            return Decision.allow(SANDBOX_LOOPBACK, "loopback stays inside the run");
        }
        return switch (connect.transport()) {
            case UDP ->
                Decision.deny(
                        UDP,
                        COVERT,
                        "datagrams to " + target(connect, address)
                                + " cannot leave; names are asked at the run's own name server, the rest goes by TCP");
            case TCP -> connect.host().map(host -> named(connect, host)).orElseGet(() -> raw(connect, address));
        };
    }

    private Decision dial(Attempt.Dial dial) {
        InetAddress address = Ranges.plain(dial.address());
        boolean open = dial.routed() || Ranges.special(address).isEmpty();
        Attempt.Connect raw = new Attempt.Connect(Attempt.Transport.TCP, Optional.empty(), address, dial.port());
        return open ? Decision.allow("open-address", "an ordinary address of the Internet") : raw(raw, address);
    }

    private Decision named(Attempt.Connect connect, String host) {
        List<HostGrant> covering =
                hosts.stream().filter(grant -> grant.covers(host)).toList();
        return covering.stream()
                .filter(grant -> grant.port() == connect.port())
                .findFirst()
                .map(grant ->
                        Decision.allow(grant.id(), grant.id() + " grants " + grant.host() + " on port " + grant.port()))
                .orElseGet(() -> Decision.deny(DEFAULT, COVERT, refused(connect, host, covering)));
    }

    private static String refused(Attempt.Connect connect, String host, List<HostGrant> covering) {
        String name = Shown.clean(host);
        return covering.isEmpty()
                ? "no grant covers " + name + " on port " + connect.port()
                : name + " is granted on port " + covering.getFirst().port() + ", not on " + connect.port();
    }

    private Decision raw(Attempt.Connect connect, InetAddress address) {
        return addresses.stream()
                .filter(grant -> grant.port() == connect.port() && grant.range().contains(address))
                .findFirst()
                .map(grant -> Decision.allow(
                        grant.id(), grant.id() + " grants " + grant.range() + " on port " + grant.port()))
                .orElseGet(() -> ungranted(connect, address));
    }

    private static Decision ungranted(Attempt.Connect connect, InetAddress address) {
        String target = target(connect, address);
        String kind = Ranges.special(address).orElse("");
        return switch (kind) {
            case "metadata" ->
                Decision.deny(
                        DEFAULT, CREDENTIALS, target + " is where clouds hand out credentials; no grant covers it");
            case "benchmark" ->
                Decision.deny(DEFAULT, COVERT, target + " stands for no name this run asked for; connect by name");
            case "" ->
                Decision.deny(DEFAULT, COVERT, "no grant covers the address " + target + "; hosts are reached by name");
            default ->
                Decision.deny(
                        DEFAULT,
                        LATERAL,
                        target + " is special (" + kind + "), not the open Internet; no grant covers it");
        };
    }

    private static String target(Attempt.Connect connect, InetAddress address) {
        String host = connect.host().map(Shown::clean).orElse(address.getHostAddress());
        return host.indexOf(':') < 0 ? host + ":" + connect.port() : "[" + host + "]:" + connect.port();
    }
}
