package dev.pawl.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.gateway.testing.ManualClock;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(
        value = SslProvider.class,
        names = {"JDK", "OPENSSL"})
final class LeavesTest {
    private final SslProvider provider;
    private final ManualClock clock = new ManualClock(Instant.now());
    private final RunAuthority authority = new RunAuthority("r-1", clock);
    private final Leaves leaves;

    LeavesTest(SslProvider provider) {
        this.provider = provider;
        this.leaves = new Leaves(authority, provider);
    }

    @Test
    void theNativeLibraryIsLoadedHere() {
        assertThat(TlsLibrary.best()).isEqualTo(new TlsLibrary(SslProvider.OPENSSL, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"api.example.com", "other.example.com"})
    void whoVerifiesServersHoldsThemToTheirName(String wanted) throws Exception {
        SslContext verifying = SslContextBuilder.forClient()
                .sslProvider(provider)
                .trustManager(authority.certificate())
                .endpointIdentificationAlgorithm("HTTPS")
                .build();
        SSLEngine client = verifying.newEngine(ByteBufAllocator.DEFAULT, wanted, 443);
        SSLEngine server = engine(leaves.contextFor("api.example.com", List.of()));
        if (wanted.equals("api.example.com")) {
            shake(client, server);
        } else {
            assertThatThrownBy(() -> shake(client, server)).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void aServerOfAnotherAuthorityIsRefused() throws Exception {
        SslContext verifying = SslContextBuilder.forClient()
                .sslProvider(provider)
                .trustManager(new RunAuthority("r-2", Clock.systemUTC()).certificate())
                .endpointIdentificationAlgorithm("HTTPS")
                .build();
        SSLEngine client = verifying.newEngine(ByteBufAllocator.DEFAULT, "api.example.com", 443);
        SSLEngine server = engine(leaves.contextFor("api.example.com", List.of()));
        assertThatThrownBy(() -> shake(client, server)).isInstanceOf(SSLException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aClientThatTrustsTheRunAgrees(String version) throws Exception {
        SSLEngine client = client(authority, "api.example.com", version);
        SSLEngine server = engine(leaves.contextFor("api.example.com", List.of("h2", "http/1.1")));
        shake(client, server);
        assertThat(client.getSession().getProtocol()).isEqualTo(version);
        assertThat(client.getApplicationProtocol()).isEqualTo("h2");
    }

    @Test
    void aClientThatWantsAnotherHostDoesNot() throws Exception {
        SSLEngine client = client(authority, "other.example.com", "TLSv1.3");
        SSLEngine server = engine(leaves.contextFor("api.example.com", List.of()));
        assertThatThrownBy(() -> shake(client, server)).isInstanceOf(SSLException.class);
    }

    @Test
    void aClientOfAnotherRunDoesNot() throws Exception {
        SSLEngine client = client(new RunAuthority("r-2", Clock.systemUTC()), "api.example.com", "TLSv1.3");
        SSLEngine server = engine(leaves.contextFor("api.example.com", List.of()));
        assertThatThrownBy(() -> shake(client, server)).isInstanceOf(SSLException.class);
    }

    @Test
    void olderVersionsAreNotSpoken() throws Exception {
        assertThat(engine(leaves.contextFor("a.example", List.of())).getEnabledProtocols())
                .contains("TLSv1.3", "TLSv1.2")
                .doesNotContain("TLSv1.1", "TLSv1", "SSLv3");
    }

    @Test
    void contextsAreKeptForEachHostAndChoice() throws Exception {
        SslContext first = leaves.contextFor("a.example", List.of("http/1.1"));
        assertThat(leaves.contextFor("A.example.", List.of("http/1.1"))).isSameAs(first);
        assertThat(leaves.contextFor("a.example", List.of("h2"))).isNotSameAs(first);
        assertThat(leaves.contextFor("b.example", List.of("http/1.1"))).isNotSameAs(first);
    }

    @Test
    void anOldLeafIsMadeAnew() throws Exception {
        SslContext first = leaves.contextFor("a.example", List.of());
        clock.pass(Duration.ofDays(3));
        assertThat(leaves.contextFor("a.example", List.of())).isSameAs(first);
        clock.pass(Duration.ofDays(1));
        assertThat(leaves.contextFor("a.example", List.of())).isNotSameAs(first);
    }

    @Test
    void onlySoManyAreKept() throws Exception {
        SslContext first = leaves.contextFor("kept.example", List.of());
        SslContext second = leaves.contextFor("forgotten.example", List.of());
        for (int i = 0; i < Leaves.MOST - 1; i++) {
            leaves.contextFor("host-" + i + ".example", List.of());
            assertThat(leaves.contextFor("kept.example", List.of())).isSameAs(first);
        }
        assertThat(leaves.contextFor("forgotten.example", List.of())).isNotSameAs(second);
    }

    @Test
    void nothingIsMadeForWhatIsNoName() {
        assertThatThrownBy(() -> leaves.contextFor("*.example.com", List.of()))
                .isInstanceOf(SSLException.class)
                .hasMessageNotContaining("example");
    }

    private static SSLEngine engine(SslContext context) {
        return context.newEngine(ByteBufAllocator.DEFAULT);
    }

    private static SSLEngine client(RunAuthority trusted, String host, String version) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry(
                "run",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(trusted.pem().getBytes(StandardCharsets.US_ASCII))));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        SSLEngine engine = context.createSSLEngine(host, 443);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(new String[] {"http/1.1", "h2"});
        parameters.setProtocols(new String[] {version});
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** Both ends in turn until both are done. */
    private static void shake(SSLEngine client, SSLEngine server) throws SSLException {
        client.beginHandshake();
        server.beginHandshake();
        ByteBuffer toServer = ByteBuffer.allocate(1 << 16);
        ByteBuffer toClient = ByteBuffer.allocate(1 << 16);
        for (int turn = 0; turn < 200; turn++) {
            step(client, toClient, toServer);
            step(server, toServer, toClient);
            if (done(client) && done(server) && toServer.position() == 0 && toClient.position() == 0) {
                return;
            }
        }
        throw new AssertionError("no end of the handshake");
    }

    private static boolean done(SSLEngine engine) {
        return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
    }

    private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        in.flip();
        engine.unwrap(in, ByteBuffer.allocate(1 << 16));
        in.compact();
        Runnable task = engine.getDelegatedTask();
        while (task != null) {
            task.run();
            task = engine.getDelegatedTask();
        }
        engine.wrap(ByteBuffer.allocate(0), out);
    }
}
