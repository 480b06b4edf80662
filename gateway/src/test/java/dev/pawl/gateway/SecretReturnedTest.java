package dev.pawl.gateway;

import static dev.pawl.gateway.testing.Http2Frames.DATA;
import static dev.pawl.gateway.testing.Http2Frames.HEADERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.SecretGrant;
import dev.pawl.gateway.credentials.Credentials;
import dev.pawl.gateway.credentials.Secret;
import dev.pawl.gateway.testing.Http2Frames;
import dev.pawl.gateway.testing.Http2Frames.Frame;
import dev.pawl.gateway.testing.Upstream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A server that sends back the secret it was sent shows it to nobody. */
class SecretReturnedTest {
    private static final String VALUE = "ghp_0123456789abcdefghijABCDEFGHIJ012345";
    private static final String STARS = "*".repeat(VALUE.length());

    private final Credentials credentials = Credentials.of(
            Map.of(
                    new SecretGrant(
                            "secrets[0]",
                            "token",
                            new SecretGrant.Source.Env("TOKEN"),
                            "files.example",
                            80,
                            "TOKEN",
                            new SecretGrant.Place.Bearer()),
                    new Secret(VALUE)),
            new SecureRandom());

    private final List<String> heads = new CopyOnWriteArrayList<>();

    private interface Use {
        void with(Rig rig, Socket agent) throws Exception;
    }

    private void through(Upstream.Talk talk, Use use) throws Exception {
        try (Upstream upstream = new Upstream(talk);
                Rig rig = Rig.plan()
                        .route("files.example", upstream.port())
                        .looker(credentials.outgoing())
                        .start();
                Socket agent =
                        rig.connect(Rig.to("files.example", 80), InspectedHttp2Test.terms(OptionalLong.empty()))) {
            use.with(rig, agent);
        }
    }

    private String authorization() {
        return "Bearer " + credentials.environment().get("TOKEN");
    }

    /** Sends a request of HTTP/1.1 whose answer ends the connection, and returns that. */
    private String asked(Upstream.Talk talk) throws Exception {
        StringBuilder answer = new StringBuilder();
        through(talk, (rig, agent) -> {
            agent.getOutputStream()
                    .write(
                            ("GET /a HTTP/1.1\r\nHost: files.example\r\nAccept-Encoding: gzip\r\nRange: bytes=0-19\r\nConnection: close\r\n"
                                            + "Authorization: " + authorization() + "\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            answer.append(new String(agent.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
            rig.monitor.await(entry -> entry.decision() != null
                    && List.of("secret-returned", "secret-unreadable")
                            .contains(entry.decision().rule()));
        });
        return answer.toString();
    }

    private void head(Socket server) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) server.getInputStream().read());
        }
        heads.add(head.toString());
    }

    private static void slowly(Socket server, String text) throws IOException {
        OutputStream out = server.getOutputStream();
        server.setTcpNoDelay(true);
        for (byte c : text.getBytes(StandardCharsets.US_ASCII)) {
            out.write(c);
        }
    }

    @Test
    void inFieldsAndBodiesOfEveryFraming() throws Exception {
        String body = "{\"token\": \"" + VALUE + "\"}";
        String chunked =
                Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\nX-Trailer: " + VALUE + "\r\n\r\n";
        List<String> answers = List.of(
                "Content-Length: " + body.length() + "\r\n\r\n" + body,
                "Transfer-Encoding: chunked\r\n\r\n" + chunked,
                "Connection: close\r\n\r\n" + body);
        for (String answer : answers) {
            for (boolean slow : new boolean[] {false, true}) {
                String whole = "HTTP/1.1 200 OK\r\nX-Echo: Bearer " + VALUE + "\r\n" + answer;
                String got = asked(server -> {
                    head(server);
                    if (slow) {
                        slowly(server, whole);
                    } else {
                        server.getOutputStream().write(whole.getBytes(StandardCharsets.US_ASCII));
                    }
                });
                assertThat(got).as(answer).contains("X-Echo: Bearer " + STARS).doesNotContain(VALUE.substring(0, 4));
                assertThat(got.replaceAll("\r\n[0-9a-f]{1,2}\r\n", "")).contains(STARS.substring(3) + "\"}");
            }
        }
        assertThat(heads)
                .allSatisfy(head -> assertThat(head)
                        .contains("Authorization: Bearer " + VALUE)
                        .containsIgnoringCase("accept-encoding: identity")
                        .doesNotContain("gzip"));
    }

    @Test
    void anAnswerThatIsCompressedAllTheSameIsRefused() throws Exception {
        String got = asked(server -> {
            head(server);
            server.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc"
                            .getBytes(StandardCharsets.US_ASCII));
            head(server);
        });
        assertThat(got)
                .startsWith("HTTP/1.1 403")
                .contains("secret-unreadable", "compressed")
                .doesNotContain("abc");
    }

    @Test
    void aPartOfAnAnswerIsNeitherAskedForNorShown() throws Exception {
        for (String head : List.of(
                "206 Partial Content\r\nContent-Range: bytes 0-19/40",
                "200 OK\r\nContent-Encoding: identity\r\nContent-Encoding: gzip")) {
            String got = asked(server -> {
                head(server);
                server.getOutputStream()
                        .write(("HTTP/1.1 " + head + "\r\nContent-Length: 20\r\n\r\n" + VALUE.substring(0, 20))
                                .getBytes(StandardCharsets.US_ASCII));
                head(server);
            });
            assertThat(got).contains("secret-unreadable").doesNotContain(VALUE.substring(0, 8));
        }
        assertThat(heads).allSatisfy(head -> assertThat(head).doesNotContainIgnoringCase("range:"));
    }

    @Test
    void aWebSocketIsCoveredAndDoesNotWait() throws Exception {
        Upstream.Talk talk = server -> {
            head(server);
            OutputStream out = server.getOutputStream();
            out.write("HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n\201\003log"
                    .getBytes(StandardCharsets.ISO_8859_1));
            server.getInputStream().readNBytes(7);
            out.write(("\201\050" + VALUE + "\201\004ghp_").getBytes(StandardCharsets.ISO_8859_1));
        };
        through(talk, (_, agent) -> {
            agent.getOutputStream()
                    .write(("GET /ws HTTP/1.1\r\nHost: files.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                                    + "Authorization: " + authorization() + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            StringBuilder got = new StringBuilder();
            while (got.indexOf("\201\003log") < 0) {
                got.append((char) agent.getInputStream().read());
            }
            // A whole frame: whoever looks for leaks waits for one.
            agent.getOutputStream().write("\201\201\0\0\0\0x".getBytes(StandardCharsets.ISO_8859_1));
            got.append(new String(agent.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
            assertThat(got.toString()).endsWith("\201\050" + STARS + "\201\004ghp_");
        });
    }

    @Test
    void overHttp2() throws Exception {
        Upstream.Talk talk = socket -> {
            Http2Frames server = Http2Frames.server(socket);
            Frame head = server.until(HEADERS, InspectedHttp2Test.FIRST);
            assertThat(head.fields()).containsEntry("authorization", "Bearer " + VALUE);
            server.headers(head.stream(), false, ":status", "200", "x-echo", VALUE);
            server.data(head.stream(), false, "live\n");
            server.data(head.stream(), false, VALUE.substring(0, 10));
            server.data(head.stream(), false, VALUE.substring(10) + " and " + VALUE.substring(0, 5));
            server.headers(head.stream(), true, "x-trailer", VALUE);
            server.read();
        };
        through(talk, (rig, socket) -> {
            Http2Frames agent = Http2Frames.client(socket);
            agent.headers(1, true, InspectedHttp2Test.asking("GET", "/a", "authorization", authorization()));
            assertThat(agent.until(HEADERS, 1).fields()).containsEntry("x-echo", STARS);
            StringBuilder body = new StringBuilder();
            Frame frame = agent.until(DATA, 1);
            assertThat(frame.text()).startsWith("live\n");
            while (!frame.ends()) {
                body.append(frame.type() == DATA ? frame.text() : "");
                frame = agent.read();
            }
            assertThat(body.toString()).isEqualTo("live\n" + STARS + " and " + VALUE.substring(0, 5));
            assertThat(frame.fields()).containsEntry("x-trailer", STARS);
        });
    }
}
