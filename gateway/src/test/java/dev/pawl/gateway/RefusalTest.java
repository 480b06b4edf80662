package dev.pawl.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.core.Body;
import dev.pawl.core.Protocol;
import dev.pawl.gateway.testing.RecordingMonitor;
import dev.pawl.gateway.testing.Upstream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an agent hears on a connection that is refused after it was opened. */
@Timeout(60)
class RefusalTest {
    private static final Upstream.Talk SINK =
            socket -> socket.getInputStream().transferTo(OutputStream.nullOutputStream());

    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: files.example\r\n\r\n";

    @Test
    void plainHttpUnderAGrantOfTlsIsToldWhy() throws Exception {
        try (Upstream upstream = new Upstream(SINK);
                Rig rig = Rig.plan().route("files.example", upstream.port()).start();
                Socket agent = rig.connect(Rig.to("files.example", 443), Protocol.TLS)) {
            String answer = talk(agent, REQUEST);
            RecordingMonitor.Entry closed = rig.monitor.closedFlow();
            assertThat(answer)
                    .startsWith("HTTP/1.1 403 Forbidden\r\n")
                    .contains("\"rule\":\"protocol-mismatch\"", "\"boundary\":\"no-covert-channels\"")
                    .contains("\"next\":\"next after protocol-mismatch\"", "\"event\":\"" + closed.id() + "\"")
                    .contains("\"because\":\""
                            + Objects.requireNonNull(closed.decision()).because() + "\"");
            assertThat(upstream.connections()).isLessThanOrEqualTo(1);
            assertThat(((Body.Flow) closed.body()).received()).isZero();
        }
    }

    @Test
    void bytesThatComeOneByOneAreWaitedFor() throws Exception {
        try (Upstream upstream = new Upstream(SINK);
                Rig rig = Rig.plan().route("files.example", upstream.port()).start();
                Socket agent = rig.connect(Rig.to("files.example", 443), Protocol.TLS)) {
            agent.setTcpNoDelay(true);
            for (byte b : REQUEST.getBytes(StandardCharsets.US_ASCII)) {
                agent.getOutputStream().write(b);
            }
            assertThat(talk(agent, "")).contains("protocol-mismatch");
        }
    }

    @Test
    void headHasNoBody() throws Exception {
        try (Upstream upstream = new Upstream(SINK);
                Rig rig = Rig.plan().route("files.example", upstream.port()).start();
                Socket agent = rig.connect(Rig.to("files.example", 443), Protocol.TLS)) {
            assertThat(talk(agent, "HEAD / HTTP/1.1\r\nHost: files.example\r\n\r\n"))
                    .startsWith("HTTP/1.1 403 ")
                    .endsWith("\r\n\r\n");
        }
    }

    @Test
    void http2WithPriorKnowledgeGetsGoAway() throws Exception {
        try (Upstream upstream = new Upstream(SINK);
                Rig rig = Rig.plan().route("files.example", upstream.port()).start();
                Socket agent = rig.connect(Rig.to("files.example", 443), Protocol.TLS)) {
            assertThat(talk(agent, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))
                    .startsWith("\0\0\0\4\0\0\0\0\0")
                    .contains("\"rule\":\"protocol-mismatch\"");
        }
    }

    @Test
    void nobodyUpstreamIsABadGateway() throws Exception {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        try (Rig rig = Rig.plan().route("files.example", nobody).start();
                Socket agent = rig.connect(Rig.to("files.example", 80), Protocol.HTTP)) {
            assertThat(talk(agent, REQUEST))
                    .startsWith("HTTP/1.1 502 Bad Gateway\r\n")
                    .contains("2026:unreachable", "\"event\":\"cause-1\"", "nobody at files.example took");
            assertThat(rig.monitor.entries()).isEmpty();
        }
    }

    @Test
    void anUploadThatSpendsTheBudgetIsToldSoWhileItIsSending() throws Exception {
        long budget = 1 << 20;
        try (Upstream upstream = new Upstream(SINK);
                Rig rig = Rig.plan()
                        .egress(budget)
                        .route("files.example", upstream.port())
                        .start();
                Socket agent = rig.connect(Rig.to("files.example", 80), Protocol.HTTP)) {
            agent.getOutputStream()
                    .write("POST / HTTP/1.1\r\nHost: files.example\r\nContent-Length: 16777216\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 256; i++) {
                agent.getOutputStream().write(new byte[1 << 16]);
            }
            assertThat(talk(agent, "")).startsWith("HTTP/1.1 403 ").contains("\"rule\":\"budget.egress\"");
            assertThat(rig.gateway.sentBytes()).isEqualTo(budget);
            try (Socket late = rig.dial(rig.relay4)) {
                rig.announce(late, Rig.to("files.example", 80), Protocol.HTTP);
                assertThat(talk(late, REQUEST)).contains("\"rule\":\"budget.egress\"");
            }
            rig.monitor.await(entry -> entry.body() instanceof Body.Connect
                    && entry.decision() != null
                    && entry.decision().rule().equals("budget.egress"));
        }
    }

    @Test
    void anAnswerThatHasBegunIsNotMixedWithAnother() throws Exception {
        Upstream.Talk answers = socket -> {
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        };
        try (Upstream upstream = new Upstream(answers);
                Rig rig = Rig.plan()
                        .egress(1 << 20)
                        .route("files.example", upstream.port())
                        .start();
                Socket agent = rig.connect(Rig.to("files.example", 80), Protocol.HTTP)) {
            agent.getOutputStream()
                    .write("POST / HTTP/1.1\r\nHost: files.example\r\nContent-Length: 16777216\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(agent.getInputStream().readNBytes(17)).asString().startsWith("HTTP/1.1 200");
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 256; i++) {
                            agent.getOutputStream().write(new byte[1 << 16]);
                        }
                    })
                    .isInstanceOf(SocketException.class);
            assertThat(Objects.requireNonNull(rig.monitor.closedFlow().decision())
                            .rule())
                    .isEqualTo("budget.egress");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SSH-2.0-x\r\n", "\u0016\u0003\u0001\u0002\u0000\u0001", "get / HTTP/1.1\r\n", "{\"id\":1}"})
    void whatIsNoHttpIsReset(String talk) throws Exception {
        try (Upstream upstream = new Upstream(SINK);
                Rig rig = Rig.plan().route("files.example", upstream.port()).start();
                Socket agent = rig.connect(Rig.to("files.example", 80), Protocol.HTTP)) {
            agent.getOutputStream().write(talk.getBytes(StandardCharsets.ISO_8859_1));
            RelayTest.assertReset(agent);
        }
    }

    @Test
    void randomFirstBytesEndInBoundedTimeAndHarmNobody() throws Exception {
        Random random = new Random(20_261_122);
        try (Upstream upstream = new Upstream(SINK);
                Rig rig = Rig.plan().route("files.example", upstream.port()).start();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                byte[] bytes = new byte[1 + random.nextInt(64)];
                random.nextBytes(bytes);
                if (bytes[0] == 0x16) {
                    bytes[0] = 0;
                }
                boolean http = i % 4 == 0;
                byte[] sent = http ? REQUEST.getBytes(StandardCharsets.US_ASCII) : bytes;
                answers.add(threads.submit(() -> {
                    try (Socket agent = rig.connect(Rig.to("files.example", 443), Protocol.TLS)) {
                        agent.getOutputStream().write(sent);
                        agent.shutdownOutput();
                        return new String(agent.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
                    } catch (IOException reset) {
                        return "reset";
                    }
                }));
            }
            for (int i = 0; i < answers.size(); i++) {
                if (i % 4 == 0) {
                    assertThat(answers.get(i).get()).startsWith("HTTP/1.1 403 ");
                } else {
                    assertThat(answers.get(i).get()).isIn("reset", "");
                }
            }
        }
    }

    /** Sends, and reads to the end, which has to be in good order. */
    private static String talk(Socket agent, String request) throws IOException {
        agent.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return new String(agent.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
}
