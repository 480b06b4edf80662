package dev.pawl.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Attempt;
import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Protocol;
import dev.pawl.gateway.testing.ClientHello;
import dev.pawl.gateway.testing.RecordingMonitor;
import dev.pawl.gateway.testing.Upstream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A grant names its protocol and its host, and a flow carries nothing else. */
@Timeout(60)
class GateTest {
    private static final String HELLO = ClientHello.to("files.example").record();
    private static final String STRATUM = "{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[]}\n";
    private static final String ALERT = "\u0015\u0003\u0003\u0000\u0002\u0001\u0000";
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: files.example\r\n\r\n";

    @Test
    void aHelloForTheGrantedNamePasses() throws Exception {
        assertThat(echoed(Protocol.TLS, Rig.to("files.example", 443), HELLO)).satisfies(flow -> {
            assertThat(flow.protocol()).isEqualTo("tls");
            assertThat(flow.spoken().sni()).isEqualTo("files.example");
            assertThat(flow.spoken().speaks()).isEqualTo("tls");
        });
        assertThat(echoed(
                                Protocol.TLS,
                                Rig.to("files.example", 443),
                                ClientHello.to("Files.EXAMPLE").records(7))
                        .protocol())
                .isEqualTo("tls");
    }

    @Test
    void anotherNameOrNoneIsRefusedBeforeAByteGoesOn() throws Exception {
        assertThat(refused(Protocol.TLS, 443, ClientHello.to("evil.example").record()))
                .isEqualTo("The grant is for files.example on port 443, but the TLS hello is for evil.example;"
                        + " connect to the name that is meant.");
        assertThat(refused(Protocol.TLS, 443, new ClientHello().record())).contains("names no server");
        assertThat(refused(Protocol.TLS, 443, ClientHello.to("files.example.").record()))
                .contains("files.example.;");
        assertThat(refused(
                        Protocol.TLS,
                        443,
                        ClientHello.to("files.example\0.evil").record()))
                .contains("files.example?.evil");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n",
                "{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[]}\n",
                "\u0005\u0001\u0000",
                "\u0017\u0003\u0003\u0000\u0004abcd\u0017\u0003\u0003\u0000\u0004abcd",
                "EHLO box\r\n",
                "\u0016\u0003\u0001\u0000\u0004\u0001\u0000\u0000\u0000",
            })
    void whatIsNoHelloIsRefused(String text) throws Exception {
        assertThat(refused(Protocol.TLS, 443, text)).startsWith("The grant for port 443 says tls");
    }

    @Test
    void nothingOfTheServerPassesBeforeTheCheck() throws Exception {
        try (Upstream upstream = new Upstream(GateTest::talkative);
                Rig rig = Rig.plan().route("files.example", upstream.port()).start();
                Socket agent = rig.connect(Rig.to("files.example", 443), Protocol.TLS)) {
            agent.getOutputStream().write("SSH-2.0-x\r\n".getBytes(StandardCharsets.US_ASCII));
            RelayTest.assertReset(agent);
            RecordingMonitor.Entry closed = rig.monitor.closedFlow();
            assertThat(closed.decision()).isNotNull().satisfies(decision -> {
                assertThat(decision.verdict()).isEqualTo(Decision.Verdict.DENY);
                assertThat(decision.rule()).isEqualTo("protocol-mismatch");
                assertThat(decision.by()).isEqualTo("gateway");
            });
            assertThat(((Body.Flow) closed.body()).received()).isZero();
        }
    }

    @Test
    void rightFirstBytesPassInPieces() throws Exception {
        byte[] hello = ClientHello.to("files.example").bytes();
        Upstream.Talk talkative = socket -> {
            socket.getOutputStream().write(ALERT.getBytes(StandardCharsets.ISO_8859_1));
            echo(socket);
        };
        try (Upstream upstream = new Upstream(talkative);
                Rig rig = Rig.plan().route("files.example", upstream.port()).start();
                Socket agent = rig.connect(Rig.to("files.example", 443), Protocol.TLS)) {
            agent.setTcpNoDelay(true);
            for (byte b : hello) {
                agent.getOutputStream().write(b);
            }
            assertThat(agent.getInputStream().readNBytes(7)).isEqualTo(ALERT.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(agent.getInputStream().readNBytes(hello.length)).isEqualTo(hello);
            agent.shutdownOutput();
            assertThat(agent.getInputStream().read()).isEqualTo(-1);
            assertThat(((Body.Flow) rig.monitor.closedFlow().body()).sent()).isEqualTo(hello.length);
        }
    }

    @Test
    void aClientThatLeavesSilentlyIsNoMismatch() throws Exception {
        try (Upstream upstream = new Upstream(GateTest::talkative);
                Rig rig = Rig.plan().route("files.example", upstream.port()).start()) {
            rig.connect(Rig.to("files.example", 80), Protocol.HTTP).close();
            assertThat(rig.monitor.closedFlow().decision()).isNull();
        }
    }

    /** Talks first, which no TLS or HTTP server does, then repeats what it hears. */
    private static void talkative(Socket socket) throws IOException {
        socket.getOutputStream().write("secret".getBytes(StandardCharsets.US_ASCII));
        echo(socket);
    }

    @Test
    void aRawAddressNeedsNoName() throws Exception {
        try (Upstream upstream = new Upstream(GateTest::echo);
                Rig rig = Rig.plan().start();
                Socket agent = rig.connect(Rig.raw(upstream.port()), Protocol.TLS)) {
            assertThat(talk(agent, new ClientHello().record())).isEqualTo(new ClientHello().record());
        }
    }

    @Test
    void aRequestForTheGrantedNamePasses() throws Exception {
        assertThat(echoed(Protocol.HTTP, Rig.to("files.example", 80), REQUEST)
                        .spoken()
                        .speaks())
                .isEqualTo("http");
        Attempt.Connect odd = Rig.to("files.example", 8080);
        assertThat(echoed(Protocol.HTTP, odd, REQUEST.replace("example", "example:8080"))
                        .protocol())
                .isEqualTo("http");
        assertThat(echoed(
                                Protocol.HTTP,
                                odd,
                                "GET http://Files.Example:8080/ HTTP/1.1\r\nHost: files.example:8080\r\n\r\n")
                        .spoken()
                        .dialect())
                .isEqualTo("proxy");
        String long_ = "GET /" + "a".repeat(5_000) + " HTTP/1.1\r\nHost: files.example\r\n\r\n";
        assertThat(echoed(Protocol.HTTP, odd, long_).protocol()).isEqualTo("http");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
                "GET / HTTP/1.1\r\nAccept: *\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: files.example\r\nHost: evil.example\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: files.example\r\nhost : evil.example\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: files.example\r\n X: y\r\n\r\n",
                "GET / HTTP/1.1\r\nA: b\rHost: evil.example\r\nHost: files.example\r\n\r\n",
                "GET http://evil.example/ HTTP/1.1\r\nHost: files.example\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: files.example:22\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: files.example@evil.example\r\n\r\n",
                "CONNECT files.example:80 HTTP/1.1\r\nHost: files.example:80\r\n\r\n",
                "GET  / HTTP/1.1\r\nHost: files.example\r\n\r\n",
            })
    void anotherHostIsRefusedAndToldWhy(String request) throws Exception {
        AtomicLong reached = new AtomicLong();
        try (Upstream upstream = new Upstream(
                        socket -> reached.addAndGet(socket.getInputStream().readAllBytes().length));
                Rig rig = Rig.plan().route("files.example", upstream.port()).start();
                Socket agent = rig.connect(Rig.to("files.example", 80), Protocol.HTTP)) {
            assertThat(talk(agent, request))
                    .startsWith("HTTP/1.1 403 Forbidden\r\n")
                    .contains("no-covert-channels");
            assertThat(Objects.requireNonNull(rig.monitor.closedFlow().decision())
                            .rule())
                    .isIn("name-mismatch", "protocol-mismatch");
        }
        assertThat(reached).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: files.example\r\n\r\nGET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: files.example\r\n\r\nCONNECT a:1 HTTP/1.1\r\nHost: files.example\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: files.example\r\n\r\n{\"id\":1,\"method\":\"mining.subscribe\"}\n",
                "GET / HTTP/1.1\r\nHost: files.example\r\n\r\nSSH-2.0-x\r\n",
                "GET / HTTP/1.1\r\nHost: files.example\r\nUpgrade: tcp\r\nConnection: upgrade\r\n\r\n",
            })
    void whatComesAfterAGoodRequestIsLookedAtToo(String requests) throws Exception {
        assertThat(refused(Protocol.HTTP, 80, requests)).isNotEmpty();
    }

    /** The pool ignores what it does not know, or says so; either way the agent gets no work from it. */
    @Test
    void aRequestThatPretendsToTurnToSomethingElseIsStillRead() throws Exception {
        String work = "{\"id\":1,\"method\":\"getwork\",\"params\":[]}";
        for (String upgrade : new String[] {"h2c", "websocket"}) {
            Upstream.Talk pool = socket -> {
                socket.getInputStream().readNBytes(60);
                socket.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\n\r\n{\"result\":1}".getBytes(StandardCharsets.US_ASCII));
                socket.getInputStream().readAllBytes();
            };
            try (Upstream upstream = new Upstream(pool);
                    Rig rig = Rig.plan().route("files.example", upstream.port()).start();
                    Socket agent = rig.connect(Rig.to("files.example", 80), Protocol.HTTP)) {
                agent.getOutputStream()
                        .write(("POST / HTTP/1.1\r\nHost: files.example\r\nUpgrade: " + upgrade + "\r\nContent-Length: "
                                        + work.length() + "\r\n\r\n" + work)
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(((Body.Flow) rig.monitor.closedFlow().body()).protocol())
                        .isEqualTo("stratum");
            }
        }
    }

    /** A hello is no password: what follows it has to be TLS on both sides. */
    @Test
    void aHelloBeforeSomethingElseOpensNothing() throws Exception {
        assertThat(refused(Protocol.TLS, 443, HELLO + STRATUM)).startsWith("The grant for port 443 says tls");
        Upstream.Talk pool = socket -> {
            socket.getInputStream().readNBytes(HELLO.length());
            socket.getOutputStream().write("{\"id\":1,\"result\":true}\n".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        };
        try (Upstream upstream = new Upstream(pool);
                Rig rig = Rig.plan().route("files.example", upstream.port()).start();
                Socket agent = rig.connect(Rig.to("files.example", 443), Protocol.TLS)) {
            agent.getOutputStream().write(HELLO.getBytes(StandardCharsets.ISO_8859_1));
            RelayTest.assertReset(agent);
            assertThat(Objects.requireNonNull(rig.monitor.closedFlow().decision())
                            .rule())
                    .isEqualTo("protocol-mismatch");
        }
    }

    @Test
    void http2WithoutTlsHidesItsHost() throws Exception {
        assertThat(refused(Protocol.HTTP, 80, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))
                .contains("hides whom it is for");
    }

    @Test
    void miningInARequestIsRefusedBeforeItsBodyGoesOn() throws Exception {
        String body = "{\"id\":1,\"method\":\"getwork\",\"params\":[]}";
        String head = "POST / HTTP/1.1\r\nHost: files.example\r\nContent-Length: " + body.length() + "\r\n\r\n";
        AtomicLong reached = new AtomicLong();
        CountDownLatch begun = new CountDownLatch(1);
        Upstream.Talk count = socket -> {
            reached.addAndGet(socket.getInputStream().readNBytes(1).length);
            begun.countDown();
            reached.addAndGet(socket.getInputStream().readAllBytes().length);
        };
        try (Upstream upstream = new Upstream(count);
                Rig rig = Rig.plan().route("files.example", upstream.port()).start();
                Socket agent = rig.connect(Rig.to("files.example", 80), Protocol.HTTP)) {
            agent.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            begun.await();
            assertThat(talk(agent, body))
                    .startsWith("HTTP/1.1 403 Forbidden\r\n")
                    .contains("stratum inside http");
            assertThat(((Body.Flow) rig.monitor.closedFlow().body()).protocol()).isEqualTo("stratum");
        }
        assertThat(reached.get()).isLessThanOrEqualTo(head.length());
    }

    @Test
    void aServerMaySpeakFirstWhereItsProtocolHasIt() throws Exception {
        Upstream.Talk ssh = socket -> {
            socket.getOutputStream().write("SSH-2.0-server\r\n".getBytes(StandardCharsets.US_ASCII));
            echo(socket);
        };
        try (Upstream upstream = new Upstream(ssh);
                Rig rig = Rig.plan().route("files.example", upstream.port()).start()) {
            try (Socket agent = rig.connect(Rig.to("files.example", 22), Protocol.SSH)) {
                assertThat(agent.getInputStream().readNBytes(16)).asString().isEqualTo("SSH-2.0-server\r\n");
                assertThat(talk(agent, "SSH-2.0-client\r\n")).isEqualTo("SSH-2.0-client\r\n");
            }
            assertThat(((Body.Flow) rig.monitor.closedFlow().body()).protocol()).isEqualTo("ssh");
        }
    }

    @Test
    void aServerThatSpeaksSomethingElseIsCutBeforeTheAgentReadsIt() throws Exception {
        Upstream.Talk shell = socket -> {
            socket.getOutputStream().write("sh-5.1$ ".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        };
        for (Protocol granted : new Protocol[] {Protocol.SSH, Protocol.MYSQL, Protocol.SMTP}) {
            try (Upstream upstream = new Upstream(shell);
                    Rig rig = Rig.plan().route("files.example", upstream.port()).start();
                    Socket agent = rig.connect(Rig.to("files.example", 22), granted)) {
                RelayTest.assertReset(agent);
                assertThat(Objects.requireNonNull(rig.monitor.closedFlow().decision())
                                .because())
                        .contains("what is spoken there is shell");
            }
        }
    }

    @Test
    void eachProtocolThatCanBeGrantedPassesAndIsNamed() throws Exception {
        assertThat(echoed(Protocol.SSH, Rig.to("files.example", 22), "SSH-2.0-client\r\n")
                        .protocol())
                .isEqualTo("ssh");
        assertThat(echoed(
                                Protocol.GIT,
                                Rig.to("files.example", 9418),
                                "0032git-upload-pack /a.git\0host=files.example\0")
                        .protocol())
                .isEqualTo("git");
        assertThat(echoed(Protocol.REDIS, Rig.to("files.example", 6379), "*1\r\n$4\r\nPING\r\n")
                        .protocol())
                .isEqualTo("redis");
        assertThat(echoed(Protocol.POSTGRESQL, Rig.to("files.example", 5432), "\0\0\0\u0008\u0004\u00d2\u0016/")
                        .protocol())
                .isEqualTo("postgresql");
        assertThat(echoed(Protocol.DNS, Rig.to("files.example", 53), "\0\u0011\0\1\1\0\0\1\0\0\0\0\0\0\0\0\2\0\1")
                        .protocol())
                .isEqualTo("dns");
        for (Protocol granted :
                new Protocol[] {Protocol.SSH, Protocol.GIT, Protocol.REDIS, Protocol.DNS, Protocol.SMTP}) {
            assertThat(refused(granted, 22, STRATUM)).contains(granted.text());
            assertThat(refused(granted, 22, HELLO)).contains("is tls");
        }
    }

    @Test
    void underTcpEverythingPassesAndIsRecorded() throws Exception {
        Attempt.Connect target = Rig.to("files.example", 9000);
        assertThat(echoed(Protocol.TCP, target, STRATUM).protocol()).isEqualTo("stratum");
        assertThat(echoed(Protocol.TCP, target, HELLO).spoken().speaks()).isEqualTo("tls");
        assertThat(echoed(Protocol.TCP, target, ClientHello.to("other.example").record())
                        .spoken()
                        .speaks())
                .isEqualTo("tcp");
        assertThat(echoed(Protocol.TCP, target, REQUEST.replace("example", "example:9000"))
                        .spoken()
                        .speaks())
                .isEqualTo("http");
        assertThat(echoed(Protocol.TCP, target, "SSH-2.0-x\r\n").spoken().speaks())
                .isEqualTo("ssh");
        assertThat(echoed(Protocol.TCP, target, "anything").spoken().speaks()).isEqualTo("tcp");
    }

    @Test
    void thePolicyDecidesOnWhatIsRecognisedBeforeItGoesOn() throws Exception {
        AtomicLong reached = new AtomicLong();
        CountDownLatch begun = new CountDownLatch(1);
        Upstream.Talk count = socket -> {
            reached.addAndGet(socket.getInputStream().readNBytes(1).length);
            begun.countDown();
            reached.addAndGet(socket.getInputStream().readAllBytes().length);
        };
        try (Upstream upstream = new Upstream(count);
                Rig rig = Rig.plan().route("files.example", upstream.port()).start();
                Socket agent = rig.connect(Rig.to("files.example", 9000), Protocol.TCP)) {
            rig.policy.forbid("stratum");
            agent.getOutputStream().write(STRATUM.substring(0, 20).getBytes(StandardCharsets.ISO_8859_1));
            begun.await();
            agent.getOutputStream().write(STRATUM.substring(20).getBytes(StandardCharsets.ISO_8859_1));
            RelayTest.assertReset(agent);
            RecordingMonitor.Entry closed = rig.monitor.closedFlow();
            assertThat(Objects.requireNonNull(closed.decision()).rule()).isEqualTo("test.protocols");
            assertThat(((Body.Flow) closed.body()).protocol()).isEqualTo("stratum");
            assertThat(rig.policy.spoken()).singleElement().satisfies(speak -> {
                assertThat(speak.protocol()).isEqualTo("stratum");
                assertThat(speak.host()).contains("files.example");
                assertThat(speak.port()).isEqualTo(9000);
            });
        }
        assertThat(reached.get()).isLessThanOrEqualTo(20);
    }

    @Test
    void aPoolThatAnswersIsCutBeforeTheAgentReadsIt() throws Exception {
        String job = "{\"id\":1,\"result\":{\"job\":{\"blob\":\"0e\",\"job_id\":\"4\",\"target\":\"b8\"}}}\n";
        Upstream.Talk pool = socket -> {
            socket.getInputStream().readNBytes(1);
            socket.getOutputStream().write(job.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        };
        try (Upstream upstream = new Upstream(pool);
                Rig rig = Rig.plan().route("files.example", upstream.port()).start();
                Socket agent = rig.connect(Rig.to("files.example", 9000), Protocol.TCP)) {
            rig.policy.forbid("stratum");
            agent.getOutputStream()
                    .write("{\"id\":1,\"method\":\"login\",\"params\":{\"login\":\"a\",\"pass\":\"x\"}}\n"
                            .getBytes(StandardCharsets.US_ASCII));
            RelayTest.assertReset(agent);
            assertThat(((Body.Flow) rig.monitor.closedFlow().body()).protocol()).isEqualTo("stratum");
        }
    }

    @Test
    void aPolicyThatFailsRefuses() throws Exception {
        try (Upstream upstream = new Upstream(GateTest::echo);
                Rig rig = Rig.plan().route("files.example", upstream.port()).start();
                Socket agent = rig.connect(Rig.to("files.example", 9000), Protocol.TCP)) {
            rig.policy.forbid("throw");
            agent.getOutputStream().write(STRATUM.getBytes(StandardCharsets.ISO_8859_1));
            RelayTest.assertReset(agent);
            assertThat(Objects.requireNonNull(rig.monitor.closedFlow().decision())
                            .rule())
                    .isEqualTo("policy-error");
        }
    }

    private static void echo(Socket socket) throws IOException {
        socket.getInputStream().transferTo(socket.getOutputStream());
    }

    /** Sends in two parts and reads until it came back; the flow's last event. */
    private static Body.Flow echoed(Protocol granted, Attempt.Connect target, String text) throws Exception {
        try (Upstream upstream = new Upstream(GateTest::echo);
                Rig rig = Rig.plan().route("files.example", upstream.port()).start()) {
            try (Socket agent = rig.connect(target, granted)) {
                agent.getOutputStream().write(text.substring(0, 2).getBytes(StandardCharsets.ISO_8859_1));
                agent.getOutputStream().flush();
                agent.getOutputStream().write(text.substring(2).getBytes(StandardCharsets.ISO_8859_1));
                agent.shutdownOutput();
                assertThat(new String(agent.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                        .isEqualTo(text);
            }
            assertThat(rig.monitor.bodies(Body.Flow.class).getFirst().spoken()).isEqualTo(Body.Spoken.NOTHING);
            return (Body.Flow) rig.monitor.closedFlow().body();
        }
    }

    /** Sends, is cut, and nothing of it reaches the server; why. */
    private static String refused(Protocol granted, int port, String text) throws Exception {
        AtomicLong reached = new AtomicLong();
        String because;
        try (Upstream upstream = new Upstream(
                        socket -> reached.addAndGet(socket.getInputStream().readAllBytes().length));
                Rig rig = Rig.plan().route("files.example", upstream.port()).start();
                Socket agent = rig.connect(Rig.to("files.example", port), granted)) {
            agent.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            agent.shutdownOutput();
            Decision denial = Objects.requireNonNull(rig.monitor.closedFlow().decision());
            assertThat(denial.boundary()).isEqualTo("no-covert-channels");
            because = denial.because();
        }
        assertThat(reached).hasValue(0);
        return because;
    }

    private static String talk(Socket agent, String text) throws IOException {
        agent.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        agent.shutdownOutput();
        return new String(agent.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
}
