package dev.pawl.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslProvider;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

final class ServerTrustTest {
    private static final int PORT = 443;

    private final RunAuthority outside = new RunAuthority("outside", Clock.systemUTC());
    private final Leaves server = new Leaves(outside, SslProvider.JDK);
    private final ServerTrust trusting = new ServerTrust(SslProvider.JDK, List.of(outside.certificate()));

    private SSLEngine server(String host) throws SSLException {
        return server.contextFor(host, List.of("h2")).newEngine(ByteBufAllocator.DEFAULT);
    }

    private static SSLEngine client(ServerTrust trust, String host) throws SSLException {
        return trust.contextFor(List.of("http/1.1", "h2")).newEngine(ByteBufAllocator.DEFAULT, host, PORT);
    }

    @Test
    void aServerOfANamedAuthorityIsSpokenTo() throws Exception {
        SSLEngine client = client(trusting, "api.example.com");
        Handshake.shake(client, server("api.example.com"));
        assertThat(client.getApplicationProtocol()).isEqualTo("h2");
        Handshake.shake(client(trusting, "192.0.2.1"), server("192.0.2.1"));
    }

    @Test
    void aServerWithAnotherNameIsNot() {
        assertThatThrownBy(() -> Handshake.shake(client(trusting, "api.example.com"), server("other.example.com")))
                .isInstanceOf(SSLException.class);
        assertThatThrownBy(() -> Handshake.shake(client(trusting, "192.0.2.1"), server("api.example.com")))
                .isInstanceOf(SSLException.class);
    }

    @Test
    void aServerOfAnAuthorityNobodyNamedIsNot() {
        for (ServerTrust trust : List.of(
                new ServerTrust(SslProvider.JDK, List.of()),
                new ServerTrust(
                        SslProvider.JDK, List.of(new RunAuthority("outside", Clock.systemUTC()).certificate())))) {
            assertThatThrownBy(() -> Handshake.shake(client(trust, "api.example.com"), server("api.example.com")))
                    .isInstanceOf(SSLException.class);
        }
    }

    @Test
    void withoutAHostsNameNothingIs() throws Exception {
        SSLEngine client = trusting.contextFor(List.of()).newEngine(ByteBufAllocator.DEFAULT);
        assertThatThrownBy(() -> Handshake.shake(client, server("api.example.com")))
                .isInstanceOf(SSLException.class);
    }

    @Test
    void contextsAreKept() throws Exception {
        SslContext first = trusting.contextFor(List.of("h2"));
        assertThat(trusting.contextFor(List.of("h2"))).isSameAs(first);
        assertThat(trusting.contextFor(List.of())).isNotSameAs(first);
    }

    @Test
    void certificatesAreReadFromText() throws Exception {
        RunAuthority other = new RunAuthority("other", Clock.systemUTC());
        byte[] both = (outside.pem() + other.pem()).getBytes(StandardCharsets.US_ASCII);
        assertThat(ServerTrust.certificates(both)).containsExactly(outside.certificate(), other.certificate());
        for (byte[] wrong : List.of(
                new byte[0],
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".getBytes(StandardCharsets.US_ASCII),
                new byte[ServerTrust.MAX_BYTES + 1])) {
            assertThatThrownBy(() -> ServerTrust.certificates(wrong)).isInstanceOf(CertificateException.class);
        }
    }

    @Test
    void anyTextIsReadOrRefused() {
        Random random = new Random(11);
        byte[] text = outside.pem().getBytes(StandardCharsets.US_ASCII);
        int refused = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] changed = text.clone();
            for (int j = 0; j <= random.nextInt(4); j++) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(ServerTrust.certificates(changed)).isNotEmpty();
            } catch (CertificateException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }
}
