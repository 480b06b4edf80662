package dev.pawl.gateway.identify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.gateway.testing.ClientHello;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;

/** Hellos of TLS as clients write them, and what they say. */
class TlsTest {
    /** Of TLS 1.2, without extensions. */
    private static final String SERVER_HELLO =
            Talk.hex("160303002a020000260303") + "s".repeat(32) + Talk.hex("00c02f00");

    @Test
    void aHelloSaysWhomItIsForAndWhatItOffers() {
        Identity identity = Talk.out(ClientHello.to("Api.Example")
                        .alpn("h2", "http/1.1")
                        .versions(0x0304, 0x0303)
                        .record())
                .identity();
        assertThat(identity.protocol()).isEqualTo("tls");
        assertThat(identity.opening()).isTrue();
        assertThat(identity.dialect()).isEqualTo("tls1.3");
        assertThat(identity.details().sni()).isEqualTo("api.example");
        assertThat(identity.details().alpn()).isEqualTo("h2,http/1.1");
        assertThat(identity.details().ech()).isFalse();
    }

    @Test
    void aHelloMayBeSpreadOverRecordsAndPackets() {
        Random random = new Random(2);
        Identity whole = Talk.out(ClientHello.to("api.example").versions(0x0304).record())
                .identity();
        for (int longest = 1; longest < 80; longest++) {
            Talk talk = Talk.out(ClientHello.to("api.example").versions(0x0304).records(longest));
            assertThat(talk.identity()).as("%d", longest).isEqualTo(whole);
            assertThat(talk.cut(random)).isEqualTo(whole);
        }
    }

    @Test
    void anEncryptedHelloIsSeenAsSuch() {
        assertThat(Talk.out(ClientHello.to("public.example")
                                .extension(0xfe0d, "x".repeat(200))
                                .record())
                        .identity()
                        .details())
                .satisfies(details -> {
                    assertThat(details.ech()).isTrue();
                    assertThat(details.sni()).isEqualTo("public.example");
                });
    }

    @Test
    void theServerSettlesTheVersion() {
        Identity identity = Talk.out(
                        ClientHello.to("a.example").versions(0x0304, 0x0303).record())
                .andIn(SERVER_HELLO)
                .identity();
        assertThat(identity.dialect()).isEqualTo("tls1.2");
        assertThat(identity.opening()).isTrue();
    }

    /** What servers could read in two ways opens nothing. */
    @Test
    void aMalformedHelloIsNone() {
        List<String> malformed = List.of(
                ClientHello.to("a.example").name("b.example").record(),
                ClientHello.to("a.example").versions(0x0304).versions(0x0303).record(),
                new ClientHello().extension(0, "\0\5\1\0\2ab").record(),
                new ClientHello().extension(0, "\0\u000c\0\0\2ab\0\0\3abc").record(),
                ClientHello.to("a.example").record().substring(0, 60) + "\0".repeat(60));
        for (String hello : malformed) {
            assertThat(Talk.out(hello).identity().opening()).isFalse();
        }
    }

    @Test
    void tunnelsAreToldByTheNamesTheyAskFor() {
        assertThat(Talk.out(ClientHello.to("h2.cftunnel.com").record()).identity())
                .extracting(Identity::protocol, Identity::over)
                .containsExactly("cloudflared", "tls");
        assertThat(Talk.out(ClientHello.to("connect.ngrok-agent.com").record())
                        .identity()
                        .protocol())
                .isEqualTo("ngrok");
        assertThat(Talk.out(ClientHello.to("dns.example").alpn("dot").record()).identity())
                .extracting(Identity::protocol, Identity::dialect)
                .containsExactly("tls", "dot");
        assertThat(Talk.out(ClientHello.to("www.k3xq7ahn5oijw2.com").record()).identity())
                .extracting(Identity::protocol, Identity::dialect, Identity::confidence)
                .containsExactly("tls", "tor", Confidence.SUSPECT);
        for (String ordinary : List.of("www.microsoft.com", "www.stackoverflow.com", "www.web2go.com")) {
            assertThat(Talk.out(ClientHello.to(ordinary).record()).identity().confidence())
                    .isEqualTo(Confidence.CERTAIN);
        }
    }

    @Test
    void aHelloOfThisJdkIsRead() throws Exception {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine("jdk.example", 443);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName("jdk.example")));
        parameters.setApplicationProtocols(new String[] {"h2"});
        engine.setSSLParameters(parameters);
        ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        var _ = engine.wrap(ByteBuffer.allocate(0), hello);
        String text = new String(hello.array(), 0, hello.position(), StandardCharsets.ISO_8859_1);
        assertThat(Talk.out(text).identity()).satisfies(identity -> {
            assertThat(identity.protocol()).isEqualTo("tls");
            assertThat(identity.dialect()).isEqualTo("tls1.3");
            assertThat(identity.details().sni()).isEqualTo("jdk.example");
            assertThat(identity.details().alpn()).isEqualTo("h2");
        });
    }

    @Test
    void theMiddleOfAConnectionIsTlsWithoutAnOpening() {
        String record = "\u0017\u0003\u0003\u0000\u0004abcd";
        assertThat(Talk.out(record).andIn(record).identity())
                .extracting(Identity::protocol, Identity::opening)
                .containsExactly("tls", false);
        assertThat(Talk.out(record + record).identity().protocol()).isEqualTo("tls");
    }
}
