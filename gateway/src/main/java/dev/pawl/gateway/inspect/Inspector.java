package dev.pawl.gateway.inspect;

import dev.pawl.core.Advisor;
import dev.pawl.core.Egress.Passage;
import dev.pawl.core.Inspection;
import dev.pawl.core.Monitor;
import dev.pawl.core.Protocol;
import dev.pawl.gateway.tls.Alpn;
import dev.pawl.gateway.tls.Leaves;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Inspects the connections of one run. Thread-safe. */
public final class Inspector {
    private static final int HTTPS = 443;
    private static final int HTTP = 80;
    private static final List<String> PROTOCOLS =
            List.of(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1);

    private final Monitor monitor;
    private final Executor blocking;
    private final Advisor advisor;
    private final Leaves leaves;
    private final Supplier<TrustManager> trust;
    private final List<Outgoing.Factory> lookers;
    private final Map<EventLoop, Desk> desks = new ConcurrentHashMap<>();
    private @Nullable TrustManager trusted;
    /** How servers are asked, by what they are offered in ALPN. */
    private final Map<List<String>, SslContext> clients = new HashMap<>();

    /**
     * @param blocking runs calls of the monitor, which may block
     * @param leaves what agents are shown in place of servers
     * @param trust who verifies servers; asked once, when the first connection is inspected
     * @param lookers look at each request, in this order
     */
    public Inspector(
            Monitor monitor,
            Executor blocking,
            Advisor advisor,
            Leaves leaves,
            Supplier<TrustManager> trust,
            List<Outgoing.Factory> lookers) {
        this.monitor = monitor;
        this.blocking = blocking;
        this.advisor = advisor;
        this.leaves = leaves;
        this.trust = trust;
        this.lookers = List.copyOf(lookers);
    }

    /**
     * Takes over two connected sockets and begins.
     *
     * @param flow id of the flow
     * @param offered protocols that the agent named in ALPN
     * @param agent descriptor of the agent's side, {@code server} of the other; closed in the end
     * @param first bytes that the agent has sent; taken over
     * @throws SSLException if no certificate can be made for the host; nothing is taken over then
     */
    public Inspected inspect(
            EventLoop loop,
            Passage passage,
            Inspection inspection,
            String flow,
            List<String> offered,
            int agent,
            int server,
            ByteBuf first,
            Traffic traffic,
            Inspected.End end)
            throws SSLException {
        boolean secure = passage.protocol() == Protocol.TLS;
        String host = passage.target().place();
        Authority authority = new Authority(host, passage.target().port(), secure ? HTTPS : HTTP);
        Inspected.Tls tls =
                secure ? tls(host, PROTOCOLS.stream().filter(offered::contains).toList()) : null;
        boolean[] over = new boolean[1];
        Setting setting = new Setting(
                loop,
                desks.computeIfAbsent(loop, _ -> new Desk(monitor, blocking, loop)),
                advisor,
                lookers,
                passage,
                flow,
                authority,
                secure ? "https" : "http",
                inspection.upload(),
                Limits.USUAL,
                new Standstill(),
                () -> !over[0]);
        Inspected inspected = new Inspected(setting, tls, traffic, agent, server, first, denial -> {
            over[0] = true;
            end.ended(denial);
        });
        inspected.start();
        return inspected;
    }

    /** Whatever is to be recorded by now reaches the executor before this returns. */
    public void handOver() {
        desks.values().forEach(Desk::handOver);
    }

    /** {@code spoken} is what the agent offers of what is spoken here. */
    private Inspected.Tls tls(String host, List<String> spoken) throws SSLException {
        // Found out before anything is taken over.
        Leaves.check(host);
        // A reason is easiest to read in HTTP/1.
        String fallback = spoken.isEmpty() ? "" : spoken.getLast();
        return new Inspected.Tls(
                protocol -> leaves.contextFor(host, protocol.isEmpty() ? List.of() : List.of(protocol)),
                client(spoken),
                fallback);
    }

    private synchronized SslContext client(List<String> protocols) throws SSLException {
        SslContext known = clients.get(protocols);
        if (known == null) {
            TrustManager verifies = trusted == null ? trust.get() : trusted;
            trusted = verifies;
            known = Alpn.build(
                    SslContextBuilder.forClient()
                            .sslProvider(leaves.provider())
                            .trustManager(verifies)
                            .endpointIdentificationAlgorithm("HTTPS")
                            .protocols("TLSv1.3", "TLSv1.2"),
                    protocols);
            clients.put(protocols, known);
        }
        return known;
    }
}
