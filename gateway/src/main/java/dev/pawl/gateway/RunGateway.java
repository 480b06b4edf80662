package dev.pawl.gateway;

import dev.pawl.core.Advisor;
import dev.pawl.core.Attempt;
import dev.pawl.core.Body;
import dev.pawl.core.Charter;
import dev.pawl.core.Decision;
import dev.pawl.core.Egress;
import dev.pawl.core.Endpoint;
import dev.pawl.core.Monitor;
import dev.pawl.core.Policy;
import dev.pawl.core.ProcessInfo;
import dev.pawl.gateway.inspect.Inspector;
import dev.pawl.gateway.leak.LeakDesk;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The gateway of one run. Netty is loaded and the listeners are served from the first call that shows a use of the
 * network, or {@link #GRACE} after {@link #serve}, since a program may ask for a name without anybody announcing it;
 * until then what arrives waits in the kernel. So a run that is over before never pays. Thread-safe.
 */
public final class RunGateway implements Egress {
    /** How long a run may be silent before its listeners are served anyway. */
    static final Duration GRACE = Duration.ofMillis(150);

    private final Charter charter;
    private final Monitor monitor;
    private final Advisor advisor;
    private final Clock clock;
    private final GatewayLoops loops;
    private final IntConsumer release;

    private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService lookups = Lookups.create();
    private final SyntheticNames synthetic = new SyntheticNames();
    private final Recorder recorder;
    private final Meter sent;
    private final LeakDesk leaks = new LeakDesk();
    private final NameCache names;
    private final Destinations destinations;

    private @Nullable Listeners listeners;
    private @Nullable NameSource source;
    private @Nullable DnsDesk desk;
    private @Nullable Inspector inspector;
    private final Inspecting inspecting;
    private volatile @Nullable Exchange exchange;
    private volatile boolean closed;
    private boolean paused;

    /**
     * Starts nothing and loads nothing of the network.
     *
     * @param policy decides each address that a name or a route leads to, and whether a flow goes on that was recognised
     * @param monitor records flows and judges names; its calls may block
     * @param advisor says what to do next in answers of HTTP
     * @param inspecting how connections are inspected, where a grant says that they are
     * @param release closes a file descriptor by number, for listeners of a run that never used the network
     */
    public RunGateway(
            Charter charter,
            Policy policy,
            Monitor monitor,
            Advisor advisor,
            Clock clock,
            GatewayLoops loops,
            Inspecting inspecting,
            IntConsumer release) {
        this.inspecting = inspecting;
        this.charter = charter;
        this.monitor = monitor;
        this.advisor = advisor;
        this.clock = clock;
        this.loops = loops;
        this.release = release;
        this.recorder = new Recorder(monitor, blocking);
        this.sent = new Meter(charter.budget().egressBytes().orElse(Long.MAX_VALUE));
        this.names = new NameCache(this::source, clock);
        this.destinations = new Destinations(charter.network().routes(), policy, names, new MachineNames(lookups));
    }

    /** What is looked for in what leaves; whoever knows decoys, placeholders and marked files tells it. */
    public LeakDesk leaks() {
        return leaks;
    }

    /** {@inheritDoc} Returns at once. {@code relay6} is -1 where the sandbox has no IPv6. */
    @Override
    public synchronized void serve(Listeners given) {
        if (listeners != null || closed) {
            close(given);
            throw new IllegalStateException("a gateway serves one sandbox, once");
        }
        listeners = given;
        CompletableFuture.delayedExecutor(GRACE.toMillis(), TimeUnit.MILLISECONDS, blocking)
                .execute(this::start);
    }

    @Override
    public Optional<String> hostOf(InetAddress address) {
        return synthetic.nameOf(address);
    }

    @Override
    public Optional<Decision> objection(Attempt.Connect target, boolean asked) {
        if (closed) {
            return Optional.of(Refusals.deny(Refusals.CLOSED, null, "The run's network was cut; nothing goes out."));
        }
        if (sent.spent()) {
            return Optional.of(Refusals.deny(
                    Refusals.BUDGET,
                    null,
                    "The %d bytes this run may send are spent; raise budget.egress.".formatted(sent.total())));
        }
        startSoon();
        try {
            return destinations.objection(target, asked);
        } catch (RuntimeException e) {
            return Optional.of(Refusals.deny(Refusals.UNRESOLVED, null, "The gateway could not check the address."));
        }
    }

    @Override
    public List<InetAddress> addresses(Attempt.Connect target) {
        return destinations.candidates(target).stream()
                .map(InetSocketAddress::getAddress)
                .toList();
    }

    @Override
    public void expect(InetSocketAddress from, Passage passage) {
        Exchange running = start();
        if (running != null) {
            running.expect(from, passage);
        }
    }

    @Override
    public void asks(InetSocketAddress from, ProcessInfo process) {
        desk().asks(from, process);
        startSoon();
    }

    /** {@inheritDoc} May be repeated; returns when every flow is reset. */
    @Override
    public Cut cut() {
        closed = true;
        Exchange running;
        synchronized (this) {
            running = exchange;
            if (running == null && listeners != null) {
                close(listeners);
                listeners = null;
            }
        }
        return running == null ? new Cut(0, 0) : running.cut();
    }

    /** {@inheritDoc} When it returns, no further byte is read. */
    @Override
    public synchronized void pause(boolean stop) {
        paused = stop;
        Exchange running = exchange;
        if (running != null && !closed) {
            running.pause(stop);
        }
    }

    @Override
    public long sentBytes() {
        return sent.total();
    }

    /** Cuts, then waits up to 5 seconds for the last records. Whoever used it has ended. */
    @Override
    public void close() {
        Exchange running = exchange;
        if (running != null && !closed) {
            running.hear();
        }
        cut();
        lookups.shutdownNow();
        synchronized (this) {
            if (inspector != null) {
                inspector.handOver();
            }
        }
        recorder.close();
        synchronized (this) {
            if (source != null) {
                source.close();
            }
        }
    }

    /** Serves the listeners if nobody does yet; null if that is not possible, which keeps everything inside. */
    private @Nullable Exchange start() {
        Exchange running = exchange;
        return running != null ? running : startNow();
    }

    private void startSoon() {
        if (exchange == null && !closed) {
            try {
                blocking.execute(this::start);
            } catch (RejectedExecutionException e) {
                // Closed in between: there is nothing to start any more.
            }
        }
    }

    private synchronized @Nullable Exchange startNow() {
        Listeners given = listeners;
        if (exchange != null || closed || given == null) {
            return exchange;
        }
        boolean taken = false;
        try {
            int share = sent.limited() ? 1 : GatewayLoops.THREADS;
            List<Relay> relays = new ArrayList<>();
            for (int i = 0; i < share; i++) {
                relays.add(
                        new Relay(loops.next(), destinations, recorder, advisor, clock, sent, this::inspector, share));
            }
            taken = true;
            Exchange started = new Exchange(given, relays, desk(), paused);
            exchange = started;
            return started;
        } catch (RuntimeException | LinkageError e) {
            closed = true;
            listeners = null;
            if (!taken) {
                close(given);
            }
            String detail = "The gateway could not start, so the run has no network: " + e;
            recorder.record(new Body.Control("network-failed", "gateway", null, detail), null, null, null);
            return null;
        }
    }

    private synchronized Inspector inspector() {
        Inspector known = inspector;
        if (known == null) {
            known = inspecting.of(charter, new AfterMarks(monitor, leaks::awaitMarks), blocking, advisor, leaks);
            inspector = known;
        }
        return known;
    }

    private synchronized DnsDesk desk() {
        DnsDesk known = desk;
        if (known == null) {
            boolean ipv6 = listeners == null || listeners.relay6() >= 0;
            known = new DnsDesk(
                    monitor, synthetic, names, charter.network().routes()::containsKey, leaks::name, blocking, ipv6);
            desk = known;
        }
        return known;
    }

    private synchronized NameSource source() {
        NameSource known = source;
        if (known == null) {
            Optional<Endpoint> server = charter.network().resolver();
            known = server.isPresent() ? new ServerNames(server.get(), loops.next()) : new MachineNames(lookups);
            source = known;
        }
        return known;
    }

    private void close(Listeners given) {
        for (int descriptor : new int[] {given.relay4(), given.relay6(), given.dnsUdp(), given.dnsTcp()}) {
            if (descriptor >= 0) {
                release.accept(descriptor);
            }
        }
    }
}
