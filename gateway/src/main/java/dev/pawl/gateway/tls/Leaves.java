package dev.pawl.gateway.tls;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;

/**
 * What the gateway shows an agent in place of a server: a TLS server context for each host, made when it is first needed
 * and kept for the {@value #MOST} hosts used last, since a wildcard grant leaves the choice of names to the agent.
 * Thread-safe.
 */
public final class Leaves {
    /** How many hosts are kept. */
    static final int MOST = 256;

    private final RunAuthority authority;
    private final SslProvider provider;
    private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    private record Key(ServerName host, List<String> protocols) {}

    private record Entry(RunAuthority.Leaf leaf, SslContext context) {}

    /** {@code provider} does the TLS; with {@code OPENSSL} contexts are freed when nothing uses them any more. */
    public Leaves(RunAuthority authority, SslProvider provider) {
        if (provider == SslProvider.OPENSSL_REFCNT) {
            throw new IllegalArgumentException("a context is given out any number of times and never given back");
        }
        this.authority = authority;
        this.provider = provider;
    }

    /** What does the TLS. */
    public SslProvider provider() {
        return provider;
    }

    /**
     * A server context for a host that was granted: nobody looks here whether it was. TLS 1.2 and 1.3.
     *
     * @param host a name or an address as text
     * @param protocols names for ALPN (RFC 7301), the most wanted first; empty for none
     * @throws SSLException if it cannot be made, or no certificate is made for such a host
     */
    public synchronized SslContext contextFor(String host, List<String> protocols) throws SSLException {
        ServerName name = name(host);
        Key key = new Key(name, List.copyOf(protocols));
        Entry known = entries.get(key);
        if (known == null || known.leaf.isOld(authority.now())) {
            RunAuthority.Leaf leaf = authority.leaf(name);
            known = new Entry(leaf, context(leaf, key.protocols));
            entries.put(key, known);
            if (entries.size() > MOST) {
                entries.remove(entries.keySet().iterator().next());
            }
        }
        return known.context;
    }

    /**
     * Looks whether a certificate can be made for a host, and makes none.
     *
     * @throws SSLException if none is made for such a host
     */
    public static void check(String host) throws SSLException {
        var _ = name(host);
    }

    private static ServerName name(String host) throws SSLException {
        return ServerName.parse(host).orElseThrow(() -> new SSLException("no certificate is made for such a name"));
    }

    private SslContext context(RunAuthority.Leaf leaf, List<String> protocols) throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forServer(
                        new OneKey(leaf.key(), leaf.certificate(), leaf.authority()))
                .trustManager(new NoClient())
                .sslProvider(provider)
                .protocols("TLSv1.3", "TLSv1.2");
        return Alpn.build(builder, protocols);
    }
}
