package dev.pawl.gateway.tls;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * How the gateway checks a server it speaks to in an agent's place, since the agent can no longer: the chain leads to an
 * authority of this Java or to one the charter names, and the certificate is for the host that was granted. There is no way
 * to go without. Thread-safe.
 */
public final class ServerTrust {
    /** The longest text of certificates that is read, bytes. */
    public static final int MAX_BYTES = 1 << 20;

    private final List<X509Certificate> authorities;
    private final SslProvider provider;
    private final Map<List<String>, SslContext> contexts = new HashMap<>();
    private @Nullable TrustManager trust;

    /**
     * Reads nothing before the first context is asked for.
     *
     * @param provider does the TLS
     * @param authorities trusted beside those of this Java
     */
    public ServerTrust(SslProvider provider, List<X509Certificate> authorities) {
        if (provider == SslProvider.OPENSSL_REFCNT) {
            throw new IllegalArgumentException("a context is given out any number of times and never given back");
        }
        this.provider = provider;
        this.authorities = List.copyOf(authorities);
    }

    /**
     * The certificates in a text (RFC 7468).
     *
     * @throws CertificateException if there is none, or something else, or more than {@value #MAX_BYTES} bytes
     */
    public static List<X509Certificate> certificates(byte[] pem) throws CertificateException {
        if (pem.length > MAX_BYTES) {
            throw new CertificateException("longer than " + MAX_BYTES + " bytes");
        }
        List<X509Certificate> found =
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                        .map(X509Certificate.class::cast)
                        .toList();
        if (found.isEmpty()) {
            throw new CertificateException("no certificate in it");
        }
        return found;
    }

    /**
     * A client context. Engines have to be made with the host's name, {@code newHandler(allocator, host, port)}: without one
     * every handshake fails.
     *
     * @param protocols names for ALPN (RFC 7301), the most wanted first; empty for none
     */
    public synchronized SslContext contextFor(List<String> protocols) throws SSLException {
        List<String> key = List.copyOf(protocols);
        SslContext known = contexts.get(key);
        if (known == null) {
            known = context(key);
            contexts.put(key, known);
        }
        return known;
    }

    private SslContext context(List<String> protocols) throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(provider)
                .trustManager(trust())
                .endpointIdentificationAlgorithm("HTTPS")
                .protocols("TLSv1.3", "TLSv1.2");
        if (!protocols.isEmpty()) {
            builder.applicationProtocolConfig(new ApplicationProtocolConfig(
                    Protocol.ALPN,
                    SelectorFailureBehavior.NO_ADVERTISE,
                    SelectedListenerFailureBehavior.ACCEPT,
                    protocols));
        }
        return builder.build();
    }

    private TrustManager trust() throws SSLException {
        TrustManager known = trust;
        if (known == null) {
            try {
                known = authorities.isEmpty() ? manager(null) : manager(together());
            } catch (GeneralSecurityException | IOException e) {
                throw new SSLException("the authorities of servers cannot be read", e);
            }
            trust = known;
        }
        return known;
    }

    private KeyStore together() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int count = 0;
        for (X509Certificate certificate : manager(null).getAcceptedIssuers()) {
            store.setCertificateEntry("java-" + count++, certificate);
        }
        for (X509Certificate certificate : authorities) {
            store.setCertificateEntry("charter-" + count++, certificate);
        }
        return store;
    }

    /** For a store, or for what this Java trusts. */
    private static X509TrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager certificates) {
                return certificates;
            }
        }
        throw new GeneralSecurityException("this Java checks no certificates");
    }
}
