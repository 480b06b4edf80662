package dev.pawl.policy;

import dev.pawl.core.AddressGrant;
import dev.pawl.core.Charter;
import dev.pawl.core.Cidr;
import dev.pawl.core.Endpoint;
import dev.pawl.core.HostGrant;
import dev.pawl.core.Inspection;
import dev.pawl.core.Protocol;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads {@code network}. */
final class NetworkReader {
    static final List<String> KEYS = List.of("allow", "addresses", "route", "authorities", "resolver");
    static final List<String> ALLOW_KEYS = List.of(
            "host",
            "port",
            "protocol",
            InspectionReader.INSPECT,
            InspectionReader.REQUESTS,
            InspectionReader.UPLOAD,
            InspectionReader.LEAKS,
            SpendReader.SPEND,
            InspectionReader.MCP,
            AskReader.ASK);
    static final List<String> ADDRESS_KEYS = List.of("cidr", "port", "protocol", AskReader.ASK);
    static final List<String> ROUTE_KEYS = List.of("host", "to");
    static final Charter.NetworkGrants NOTHING =
            new Charter.NetworkGrants(List.of(), List.of(), Map.of(), Optional.empty());

    private static final Map<String, Protocol> PROTOCOLS = protocols();
    private static final int LONGEST = 300;

    private final Optional<List<String>> limit;
    private final String whose;
    private final String prefix;
    private final Function<Value, Optional<Path>> authority;

    /**
     * @param limit names and patterns no grant may go beyond
     * @param whose who set the limit, for messages
     * @param prefix what stands before the path of a grant to make its rule's name
     * @param authority finds a file of certificates
     */
    NetworkReader(
            Optional<List<String>> limit, String whose, String prefix, Function<Value, Optional<Path>> authority) {
        this.limit = limit;
        this.whose = whose;
        this.prefix = prefix;
        this.authority = authority;
    }

    /** The grants under {@code network}, which may have these of its {@link #KEYS}. */
    Charter.NetworkGrants read(Section root, List<String> keys) {
        Optional<Section> section = root.get("network").flatMap(value -> value.section(keys));
        if (section.isEmpty()) {
            return NOTHING;
        }
        List<HostGrant> allow = new ArrayList<>();
        items(section.get(), "allow").forEach(item -> host(item, allow));
        List<AddressGrant> addresses = new ArrayList<>();
        items(section.get(), "addresses").forEach(item -> address(item, addresses));
        Map<String, Endpoint> routes = new LinkedHashMap<>();
        items(section.get(), "route").forEach(item -> route(item, allow, routes));
        List<Path> authorities = items(section.get(), "authorities").stream()
                .map(authority)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        Optional<Endpoint> resolver = section.get().get("resolver").flatMap(NetworkReader::resolver);
        return new Charter.NetworkGrants(allow, addresses, routes, authorities, resolver);
    }

    private static List<Value> items(Section section, String key) {
        return section.get(key).map(Value::items).orElse(List.of());
    }

    private void host(Value item, List<HostGrant> into) {
        Optional<Section> section = item.section(ALLOW_KEYS);
        if (section.isEmpty()) {
            return;
        }
        Optional<String> host = section.get().required("host").flatMap(this::limited);
        Optional<Integer> port =
                section.get().get("port").map(NetworkReader::port).orElse(Optional.of(443));
        Protocol usual = port.filter(number -> number == 80).isPresent() ? Protocol.HTTP : Protocol.TLS;
        Optional<Protocol> protocol = protocol(section.get(), usual);
        Optional<String> ask = AskReader.ask(section.get());
        Optional<Inspection> inspection = InspectionReader.read(section.get(), prefix + item.path(), protocol);
        if (host.isEmpty() || port.isEmpty() || protocol.isEmpty()) {
            return;
        }
        into.stream()
                .filter(grant -> grant.host().equals(host.get()) && grant.port() == port.get())
                .findFirst()
                .ifPresent(grant -> item.problem("grants " + host.get() + " on port " + port.get() + " a second time; "
                        + grant.id() + " does already"));
        into.add(new HostGrant(prefix + item.path(), host.get(), port.get(), protocol.get(), ask, inspection));
    }

    private Optional<String> limited(Value value) {
        Optional<String> host = value.parsed(LONGEST, HostNames::pattern);
        if (host.isPresent() && limit.isPresent() && !HostPatterns.within(host.get(), limit.get())) {
            value.problem("is " + host.get() + "; " + whose + " allows only "
                    + (limit.get().isEmpty() ? "no host at all" : String.join(", ", limit.get())));
            return Optional.empty();
        }
        return host;
    }

    private void address(Value item, List<AddressGrant> into) {
        Optional<Section> section = item.section(ADDRESS_KEYS);
        if (section.isEmpty()) {
            return;
        }
        Optional<Cidr> range =
                section.get().required("cidr").flatMap(value -> value.parsed(LONGEST, NetworkReader::cidr));
        Optional<Integer> port = section.get().required("port").flatMap(NetworkReader::port);
        Optional<Protocol> protocol = protocol(section.get(), Protocol.TCP);
        Optional<String> ask = AskReader.ask(section.get());
        if (range.isEmpty() || port.isEmpty() || protocol.isEmpty()) {
            return;
        }
        into.stream()
                .filter(grant -> grant.range().equals(range.get()) && grant.port() == port.get())
                .findFirst()
                .ifPresent(grant -> item.problem("grants " + range.get() + " on port " + port.get() + " a second time; "
                        + grant.id() + " does already"));
        into.add(new AddressGrant(prefix + item.path(), range.get(), port.get(), protocol.get(), ask));
    }

    private static void route(Value item, List<HostGrant> allow, Map<String, Endpoint> into) {
        Optional<Section> section = item.section(ROUTE_KEYS);
        if (section.isEmpty()) {
            return;
        }
        Optional<Value> key = section.get().required("host");
        Optional<String> host = key.flatMap(value -> value.parsed(LONGEST, NetworkReader::exactName));
        Optional<Endpoint> to =
                section.get().required("to").flatMap(value -> value.parsed(LONGEST, HostNames::endpoint));
        if (host.isPresent() && key.isPresent() && allow.stream().noneMatch(grant -> grant.covers(host.get()))) {
            key.get()
                    .problem("is " + Shown.quote(host.get())
                            + ", which no network.allow grant covers; a route only leads a granted host elsewhere");
        } else if (host.isPresent() && to.isPresent() && into.putIfAbsent(host.get(), to.get()) != null) {
            item.problem("routes " + Shown.quote(host.get()) + " a second time; one route a host is allowed");
        }
    }

    private static Optional<Endpoint> resolver(Value value) {
        Optional<Endpoint> endpoint = value.parsed(LONGEST, HostNames::endpoint);
        if (endpoint.isPresent() && HostNames.address(endpoint.get().host()).isEmpty()) {
            value.problem("is a name, and finding its address would need a resolver; allowed: 127.0.0.1:53 or"
                    + " [2001:db8::1]:53");
            return Optional.empty();
        }
        return endpoint;
    }

    private static String exactName(String text) {
        if (text.contains("*")) {
            throw new IllegalArgumentException("is a pattern; a route is for one exact host name");
        }
        return HostNames.canonical(text);
    }

    /**
     * An address or a range.
     *
     * @throws IllegalArgumentException saying why it is neither
     */
    static Cidr cidr(String text) {
        int slash = text.indexOf('/');
        String prefix = slash < 0 ? "0" : text.substring(slash + 1);
        if (HostNames.address(slash < 0 ? text : text.substring(0, slash)).isEmpty() || !prefix.matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException(
                    "is neither an address nor a range; allowed: 10.0.0.0/8, 192.0.2.1, 2001:db8::/32");
        }
        try {
            return Cidr.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is no range: " + e.getMessage(), e);
        }
    }

    private static Optional<Integer> port(Value value) {
        return value.integer(1, 65535);
    }

    private static Optional<Protocol> protocol(Section section, Protocol usual) {
        return section.get("protocol").map(value -> value.oneOf(PROTOCOLS)).orElse(Optional.of(usual));
    }

    private static Map<String, Protocol> protocols() {
        Map<String, Protocol> protocols = new LinkedHashMap<>();
        Arrays.stream(Protocol.values()).forEach(each -> protocols.put(each.text(), each));
        return protocols;
    }
}
