package dev.pawl.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Protocol;
import dev.pawl.gateway.testing.RecordingMonitor;
import dev.pawl.gateway.testing.Upstream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PreambleTest {
    private static final byte[] CLIENT_HELLO = {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3};

    /** Talks first, which no TLS or HTTP server does, then repeats what it hears. */
    private static final Upstream.Talk TALKATIVE = socket -> {
        socket.getOutputStream().write("secret".getBytes(StandardCharsets.US_ASCII));
        socket.getInputStream().transferTo(socket.getOutputStream());
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n",
                "POST /v1/responses HTTP/1.1\r\n",
                "OPTIONS * HTTP/1.1\r\n",
                "GET http://files.example/ HTTP/1.1\r\n",
                "CONNECT files.example:443 HTTP/1.1\r\n",
                "BASELINE-CONTROL /x HTTP/1.1\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
            })
    void httpIsKnownByteByByte(String text) {
        assertThat(verdict(Protocol.HTTP, text.getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(Preamble.Verdict.MATCH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2 Debian-2\r\n",
                "{\"id\":1,\"method\":\"login\"}",
                "EHLO mail.example\r\n",
                "get / HTTP/1.1\r\n",
                " GET / HTTP/1.1",
                "\r\nGET / HTTP/1.1",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "GE /",
                "-GET /"
            })
    void otherTalkIsNotHttp(String text) {
        assertThat(verdict(Protocol.HTTP, text.getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(Preamble.Verdict.MISMATCH);
    }

    @ParameterizedTest
    @CsvSource({
        "22,3,0,MATCH",
        "22,3,4,MATCH",
        "22,3,5,MISMATCH",
        "22,3,-1,MISMATCH",
        "22,2,0,MISMATCH",
        "21,3,1,MISMATCH",
        "83,83,72,MISMATCH"
    })
    void tlsIsAHandshakeRecord(byte first, byte second, byte third, Preamble.Verdict expected) {
        assertThat(verdict(Protocol.TLS, new byte[] {first, second, third})).isEqualTo(expected);
    }

    @Test
    void anythingIsJudgedWithinTheLimit() {
        Random random = new Random(20261122);
        byte[] bytes = new byte[Preamble.LIMIT];
        for (int i = 0; i < 20_000; i++) {
            random.nextBytes(bytes);
            for (Protocol protocol : Protocol.values()) {
                assertThat(Preamble.judge(protocol, bytes, bytes.length)).isNotEqualTo(Preamble.Verdict.MORE);
            }
        }
    }

    @Test
    void nothingOfTheServerPassesBeforeTheCheck() throws Exception {
        try (Upstream upstream = new Upstream(TALKATIVE);
                Rig rig = Rig.plan().route("files.example", upstream.port()).start();
                Socket agent = rig.connect(Rig.to("files.example", 443), Protocol.TLS)) {
            agent.getOutputStream().write("SSH-2.0-x\r\n".getBytes(StandardCharsets.US_ASCII));
            RelayTest.assertReset(agent);
            RecordingMonitor.Entry closed = rig.monitor.closedFlow();
            assertThat(closed.decision()).satisfies(decision -> {
                assertThat(decision.verdict()).isEqualTo(Decision.Verdict.DENY);
                assertThat(decision.rule()).isEqualTo("protocol-mismatch");
                assertThat(decision.boundary()).isEqualTo("no-covert-channels");
                assertThat(decision.by()).isEqualTo("gateway");
            });
            assertThat(((Body.Flow) closed.body()).received()).isZero();
        }
    }

    @Test
    void rightFirstBytesPassInPieces() throws Exception {
        try (Upstream upstream = new Upstream(TALKATIVE);
                Rig rig = Rig.plan().route("files.example", upstream.port()).start();
                Socket agent = rig.connect(Rig.to("files.example", 443), Protocol.TLS)) {
            agent.setTcpNoDelay(true);
            for (byte b : CLIENT_HELLO) {
                agent.getOutputStream().write(b);
            }
            assertThat(agent.getInputStream().readNBytes(6)).asString().isEqualTo("secret");
            assertThat(agent.getInputStream().readNBytes(CLIENT_HELLO.length)).isEqualTo(CLIENT_HELLO);
            agent.shutdownOutput();
            assertThat(agent.getInputStream().read()).isEqualTo(-1);
            assertThat(((Body.Flow) rig.monitor.closedFlow().body()).sent()).isEqualTo(CLIENT_HELLO.length);
        }
    }

    @Test
    void clientThatLeavesSilentlyIsNoMismatch() throws Exception {
        try (Upstream upstream = new Upstream(TALKATIVE);
                Rig rig = Rig.plan().route("files.example", upstream.port()).start()) {
            rig.connect(Rig.to("files.example", 80), Protocol.HTTP).close();
            assertThat(rig.monitor.closedFlow().decision()).isNull();
        }
    }

    /** Feeds one byte more at a time, as a slow client would send them. */
    private static Preamble.Verdict verdict(Protocol protocol, byte[] bytes) {
        for (int length = 0; length <= Math.min(bytes.length, Preamble.LIMIT); length++) {
            Preamble.Verdict verdict = Preamble.judge(protocol, bytes, length);
            if (verdict != Preamble.Verdict.MORE) {
                return verdict;
            }
        }
        return Preamble.Verdict.MORE;
    }
}
