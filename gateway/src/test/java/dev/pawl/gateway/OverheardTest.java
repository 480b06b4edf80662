package dev.pawl.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Body;
import dev.pawl.core.Protocol;
import dev.pawl.gateway.testing.Upstream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a flow under a grant of tcp was, however its first bytes are cut, and that it flows all the same. */
final class OverheardTest {
    private static final String HELLO = "\u0016\u0003\u0001\u0002\u0000\u0001";
    private static final Map<String, Protocol> FIRST = Map.of(
            HELLO,
            Protocol.TLS,
            "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
            Protocol.HTTP,
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            Protocol.HTTP,
            "CONNECT a.example:443 HTTP/1.1\r\n",
            Protocol.HTTP,
            "SSH-2.0-OpenSSH_9.2\r\n",
            Protocol.TCP,
            "EHLO box\r\n",
            Protocol.TCP,
            "\u0016\u0004",
            Protocol.TCP,
            "GE",
            Protocol.TCP,
            "A".repeat(100),
            Protocol.TCP);

    @Test
    void eachIsToldHoweverItIsCut() {
        Random random = new Random(7);
        FIRST.forEach((text, protocol) -> {
            for (int round = 0; round < 50; round++) {
                assertThat(heard(text.getBytes(StandardCharsets.ISO_8859_1), random))
                        .as(HexFormat.of().formatHex(text.getBytes(StandardCharsets.ISO_8859_1)))
                        .isEqualTo(protocol);
            }
        });
    }

    @Test
    void randomBytesAreToldAsThePreambleTellsThem() {
        Random random = new Random(8);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[1 + random.nextInt(60)];
            random.nextBytes(bytes);
            if (random.nextBoolean()) {
                bytes[0] = 0x16;
            }
            int length = Math.min(bytes.length, Preamble.LIMIT);
            Protocol heard = heard(bytes, random);
            if (heard != Protocol.TCP) {
                assertThat(Preamble.judge(java.util.Objects.requireNonNull(heard), bytes, length))
                        .isEqualTo(Preamble.Verdict.MATCH);
            } else {
                assertThat(Preamble.judge(Protocol.TLS, bytes, length)).isNotEqualTo(Preamble.Verdict.MATCH);
            }
        }
    }

    @Test
    void silenceSaysNothingAndAServerThatBeginsSaysTcp() {
        assertThat(new Overheard().atEnd()).isNull();
        Overheard answered = new Overheard();
        answered.answered();
        assertThat(answered.atEnd()).isEqualTo(Protocol.TCP);
        assertThat(answered.wanted()).isZero();
    }

    @Test
    void flowsSayWhatTheyWereAndLoseNothing() throws Exception {
        assertThat(flow(
                        "GET / HTTP/1.1\r\n\r\n",
                        socket -> socket.getInputStream().transferTo(socket.getOutputStream())))
                .isEqualTo("http");
        assertThat(flow(HELLO, socket -> socket.getInputStream().transferTo(socket.getOutputStream())))
                .isEqualTo("tls");
        assertThat(flow("GET / HTTP/1.1\r\n\r\n", socket -> {
                    socket.getOutputStream().write('!');
                    socket.getInputStream().transferTo(socket.getOutputStream());
                }))
                .isIn("tcp", "http");
    }

    /** Sends the text in two parts and reads until it came back. */
    private static @Nullable String flow(String text, Upstream.Talk talk) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        try (Upstream upstream = new Upstream(talk);
                Rig rig = Rig.plan().route("files.example", upstream.port()).start()) {
            try (Socket agent = rig.connect(Rig.to("files.example", 9000), Protocol.TCP)) {
                agent.getOutputStream().write(bytes, 0, 2);
                agent.getOutputStream().flush();
                agent.getOutputStream().write(bytes, 2, bytes.length - 2);
                agent.shutdownOutput();
                assertThat(new String(agent.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                        .endsWith(text);
            }
            Body.Flow closed = (Body.Flow) rig.monitor.closedFlow().body();
            assertThat(closed.sent()).isEqualTo(bytes.length);
            assertThat(rig.monitor.bodies(Body.Flow.class).getFirst().speaks()).isNull();
            return closed.speaks();
        }
    }

    private static @Nullable Protocol heard(byte[] bytes, Random random) {
        Overheard overheard = new Overheard();
        int at = 0;
        while (at < bytes.length && overheard.wanted() > 0) {
            int count = Math.min(1 + random.nextInt(overheard.wanted()), bytes.length - at);
            overheard.hear(Arrays.copyOfRange(bytes, at, at + count), count);
            at += count;
        }
        return overheard.atEnd();
    }
}
