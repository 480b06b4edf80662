package dev.pawl.gateway;

import dev.pawl.core.AddressGrant;
import dev.pawl.core.Attempt;
import dev.pawl.core.Budget;
import dev.pawl.core.Charter;
import dev.pawl.core.Cidr;
import dev.pawl.core.Decision;
import dev.pawl.core.Egress;
import dev.pawl.core.Endpoint;
import dev.pawl.core.HostGrant;
import dev.pawl.core.Monitor;
import dev.pawl.core.ProcessInfo;
import dev.pawl.core.Protocol;
import dev.pawl.core.Purse;
import dev.pawl.core.Terms;
import dev.pawl.gateway.inspect.Outgoing;
import dev.pawl.gateway.testing.DialPolicy;
import dev.pawl.gateway.testing.RecordingMonitor;
import dev.pawl.gateway.testing.TestPurse;
import dev.pawl.gateway.tls.RunAuthority;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A gateway whose sandbox is this process: its listeners are bound on the loopback of the machine. */
final class Rig implements AutoCloseable {
    static final ProcessInfo AGENT = new ProcessInfo(41, 40, "/usr/bin/agent", List.of("agent"), "/work", "dev");

    final RecordingMonitor monitor;
    final DialPolicy policy;
    final RunGateway gateway;
    final InetSocketAddress relay4;
    final InetSocketAddress relay6;
    final InetSocketAddress dnsUdp;
    final InetSocketAddress dnsTcp;
    private final GatewayLoops loops = new GatewayLoops();
    private final Map<String, Endpoint> routes;
    private volatile Duration later = Duration.ZERO;

    /** What differs from test to test. */
    static final class Plan {
        private final List<HostGrant> hosts = new ArrayList<>();
        private final List<AddressGrant> addresses = new ArrayList<>();
        private final Map<String, Endpoint> routes = new HashMap<>();
        private Optional<Endpoint> resolver = Optional.empty();
        private Optional<Long> egress = Optional.empty();
        private final List<Outgoing.Factory> lookers = new ArrayList<>();
        private Purse purse = new TestPurse(Long.MAX_VALUE);

        Plan purse(Purse other) {
            purse = other;
            return this;
        }

        Plan looker(Outgoing.Factory looker) {
            lookers.add(looker);
            return this;
        }

        Plan host(String name) {
            hosts.add(new HostGrant("network.allow[" + hosts.size() + "]", name, 443, Protocol.TLS));
            return this;
        }

        Plan address(String range, int port) {
            addresses.add(new AddressGrant("network.addresses[0]", Cidr.parse(range), port, Protocol.TCP));
            return this;
        }

        Plan route(String name, int port) {
            return route(name, new Endpoint("127.0.0.1", port));
        }

        Plan route(String name, Endpoint upstream) {
            routes.put(name, upstream);
            return host(name);
        }

        Plan resolver(Endpoint server) {
            resolver = Optional.of(server);
            return this;
        }

        Plan egress(long bytes) {
            egress = Optional.of(bytes);
            return this;
        }

        Rig start() {
            return new Rig(charter(), lookers, purse);
        }

        Charter charter() {
            Budget budget = new Budget(
                    Optional.empty(), Optional.empty(), Optional.empty(), 100, egress, Budget.DEFAULT_TMP_BYTES);
            return new Charter(
                    "tester",
                    new Charter.Owner("Somebody", List.of()),
                    "tests the gateway",
                    Path.of("/work"),
                    new Charter.FileGrants(List.of(), List.of()),
                    new Charter.NetworkGrants(hosts, addresses, routes, resolver),
                    Optional.empty(),
                    new Charter.Environment(List.of(), Map.of()),
                    budget,
                    List.of(),
                    List.of(),
                    "test");
        }
    }

    static Plan plan() {
        return new Plan();
    }

    private Rig(Charter charter, List<Outgoing.Factory> lookers, Purse purse) {
        Epoll.ensureAvailability(); // loads the native library the listeners need
        monitor = new RecordingMonitor(charter);
        policy = new DialPolicy(charter);
        routes = charter.network().routes();
        InstantSource time = () -> Instant.now().plus(later);
        gateway = new RunGateway(
                charter,
                policy,
                monitor,
                (_, denial) -> "next after " + denial.rule(),
                new Shifted(time),
                loops,
                new Inspecting(new RunAuthority("rig", Clock.systemUTC()), lookers, purse),
                Rig::closeDescriptor);
        LinuxSocket tcp4 = listener("127.0.0.1");
        LinuxSocket tcp6 = listener("::1");
        LinuxSocket dns4 = listener("127.0.0.1");
        LinuxSocket udp4 = bound(LinuxSocket.newSocketDgram(false), "127.0.0.1");
        relay4 = tcp4.localAddress();
        relay6 = tcp6.localAddress();
        dnsTcp = dns4.localAddress();
        dnsUdp = udp4.localAddress();
        gateway.serve(new Egress.Listeners(tcp4.intValue(), tcp6.intValue(), udp4.intValue(), dns4.intValue()));
    }

    /** Moves the gateway's clock. */
    void sleepOver(Duration time) {
        later = later.plus(time);
    }

    static Attempt.Connect to(String host, int port) {
        return new Attempt.Connect(Attempt.Transport.TCP, Optional.of(host), InetAddress.ofLiteral("198.18.0.1"), port);
    }

    static Attempt.Connect raw(int port) {
        return new Attempt.Connect(Attempt.Transport.TCP, Optional.empty(), InetAddress.ofLiteral("127.0.0.1"), port);
    }

    /** What the sandbox does for one allowed connect: the agent's socket, connected and announced. Routes are asked about. */
    Socket connect(Attempt.Connect target, Protocol protocol) throws IOException {
        return connect(target, new Terms(protocol));
    }

    Socket connect(Attempt.Connect target, Terms terms) throws IOException {
        if (target.host().filter(routes::containsKey).isPresent()) {
            gateway.objection(target).ifPresent(denial -> {
                throw new IllegalStateException("a route is refused: " + denial);
            });
        }
        Socket socket = dial(relay4);
        announce(socket, target, terms);
        return socket;
    }

    Socket dial(InetSocketAddress relay) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(20_000);
        socket.bind(new InetSocketAddress(relay.getAddress(), 0));
        socket.connect(relay, 5_000);
        return socket;
    }

    void announce(Socket socket, Attempt.Connect target, Protocol protocol) {
        announce(socket, target, new Terms(protocol));
    }

    private void announce(Socket socket, Attempt.Connect target, Terms terms) {
        gateway.expect(
                new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort()),
                new Egress.Passage(
                        target,
                        terms,
                        AGENT,
                        new Monitor.Judged(Decision.allow("test", "test"), "cause-1"),
                        Optional.empty()));
    }

    @Override
    public void close() {
        gateway.close();
        loops.close();
    }

    private static LinuxSocket listener(String address) {
        LinuxSocket socket = bound(LinuxSocket.newSocketStream(address.contains(":")), address);
        try {
            socket.listen(1024);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return socket;
    }

    private static LinuxSocket bound(LinuxSocket socket, String address) {
        try {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return socket;
    }

    static void closeDescriptor(int descriptor) {
        try {
            new FileDescriptor(descriptor).close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The real time, moved. */
    private static final class Shifted extends Clock {
        private final InstantSource source;

        Shifted(InstantSource source) {
            this.source = source;
        }

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return source.instant();
        }
    }
}
