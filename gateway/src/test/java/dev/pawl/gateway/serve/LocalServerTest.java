package dev.pawl.gateway.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.gateway.GatewayLoops;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LocalServerTest {
    private static final String TOKEN = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final String HEAD = "Authorization: Bearer " + TOKEN + "\r\nContent-Type: application/json\r\n";

    @TempDir
    Path temporary;

    private final GatewayLoops loops = new GatewayLoops();
    private final AtomicInteger served = new AtomicInteger();
    private final CountDownLatch arrived = new CountDownLatch(LocalServer.MOST_AT_ONCE);
    private final CountDownLatch release = new CountDownLatch(1);

    @SuppressWarnings("NullAway.Init") // opened before each test
    private LocalServer server;

    private final Service service = new Service() {
        @Override
        public boolean serves(String path) {
            return path.equals("/echo") || path.equals("/fail") || path.equals("/wait");
        }

        @Override
        public Reply post(String path, byte[] body) {
            served.incrementAndGet();
            if (path.equals("/fail")) {
                throw new IllegalStateException("secret details");
            }
            if (path.equals("/wait")) {
                arrived.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return new Reply(200, "{\"got\":\"" + new String(body, UTF_8) + "\"}");
        }

        @Override
        public Reply refusal(int status, String reason) {
            return new Reply(status, "{\"refused\":\"" + reason + "\"}");
        }
    };

    @BeforeEach
    void open() throws IOException {
        server = LocalServer.onLoopback(loops, 0, new Token(TOKEN), service, Duration.ofSeconds(4));
    }

    @AfterEach
    void close() throws IOException {
        release.countDown();
        server.close();
        loops.close();
    }

    @Test
    void answersOneRequestAfterTheOther() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 0; i < 100; i++) {
                HttpResponse<String> answer = client.send(
                        HttpRequest.newBuilder(uri("/echo"))
                                .header("Authorization", "Bearer " + TOKEN)
                                .header("Content-Type", "application/json; charset=utf-8")
                                .header("X-Request-ID", "id-" + i)
                                .POST(HttpRequest.BodyPublishers.ofString("n" + i))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo("{\"got\":\"n" + i + "\"}");
                assertThat(answer.headers().firstValue("X-Request-ID")).contains("id-" + i);
                assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
            }
        }
    }

    @Test
    void requestsSentAtOnceAreAnsweredInTheirOrder() throws Exception {
        String answers = send(post("/echo", HEAD, "one")
                + post("/echo", HEAD, "two")
                + post("/echo", HEAD + "Connection: close\r\n", "three"));
        assertThat(answers).containsSubsequence("{\"got\":\"one\"}", "{\"got\":\"two\"}", "{\"got\":\"three\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: application/json\r\n",
                "Authorization: Bearer\r\nContent-Type: application/json\r\n",
                "Authorization: Bearer 0123456789abcdefghijklmnopqrstuvwxyZ\r\nContent-Type: application/json\r\n",
                "Authorization: Bearer 0123456789abcdefghijklmnopqrstuvwxyz0\r\nContent-Type: application/json\r\n",
                "Authorization: Basic 0123456789abcdefghijklmnopqrstuvwxyz\r\nContent-Type: application/json\r\n",
                "Authorization: Bearer x\r\nAuthorization: Bearer 0123456789abcdefghijklmnopqrstuvwxyz\r\nContent-Type: application/json\r\n",
            })
    void withoutTheTokenNothingIsServed(String head) throws Exception {
        assertThat(send(post("/echo", head, "x")))
                .startsWith("HTTP/1.1 401 ")
                .containsIgnoringCase("www-authenticate: bearer")
                .endsWith("{\"refused\":\"the request needs Authorization: Bearer with the token of this endpoint\"}");
        assertThat(served).hasValue(0);
    }

    @Test
    void whatIsNotServedSaysSo() throws Exception {
        assertThat(send(post("/other", HEAD, "x"))).startsWith("HTTP/1.1 404 ");
        assertThat(send(post("/echo?x", HEAD, "x"))).startsWith("HTTP/1.1 404 ");
        assertThat(send("GET /echo HTTP/1.1\r\nHost: a\r\n" + HEAD + "\r\n")).startsWith("HTTP/1.1 405 ");
        assertThat(send(post("/echo", HEAD.replace("application/json", "text/plain"), "x")))
                .startsWith("HTTP/1.1 415 ");
        assertThat(send(post("/fail", HEAD + "Connection: close\r\n", "x")))
                .startsWith("HTTP/1.1 500 ")
                .doesNotContain("secret");
        assertThat(served).hasValue(1);
    }

    @Test
    void aBodyHasALimitHoweverItIsSent() throws Exception {
        assertThat(send(post("/echo", HEAD, "x".repeat(Conversation.MOST_BYTES + 1))))
                .startsWith("HTTP/1.1 413 ");
        StringBuilder chunks = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            chunks.append("2000\r\n").append("x".repeat(0x2000)).append("\r\n");
        }
        assertThat(send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n" + HEAD + "\r\n" + chunks))
                .startsWith("HTTP/1.1 413 ");
        assertThat(send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\nExpect: 100-continue\r\n"
                        + HEAD + "\r\n"))
                .startsWith("HTTP/1.1 413 ");
        assertThat(send("POST /echo HTTP/1.1\r\nX: " + "x".repeat(10_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
        assertThat(served).hasValue(0);
    }

    /** Whoever stands before might see another end of the body than we do. */
    @Test
    void aBodyWithTwoEndsIsNone() throws Exception {
        String smuggled = "0\r\n\r\n" + post("/echo", HEAD, "smuggled");
        assertThat(send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: "
                        + smuggled.length() + "\r\n" + HEAD + "\r\n" + smuggled))
                .startsWith("HTTP/1.1 400 ")
                .doesNotContain("smuggled");
        assertThat(served).hasValue(0);
    }

    @Test
    void whoDoesNotFinishIsCutOff() throws Exception {
        try (Socket slow = socket()) {
            slow.getOutputStream().write("POST /echo HTTP/1.1\r\nHost: a\r\n".getBytes(ISO_8859_1));
            assertThat(slow.getInputStream().read()).isEqualTo(-1);
        }
        try (Socket silent = socket()) {
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void beyondTheMostAtOnceOthersAreSentAway() throws Exception {
        List<Socket> waiting = new ArrayList<>();
        for (int i = 0; i < LocalServer.MOST_AT_ONCE; i++) {
            Socket socket = socket();
            socket.getOutputStream().write(post("/wait", HEAD, "x").getBytes(ISO_8859_1));
            waiting.add(socket);
        }
        assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(send(post("/echo", HEAD, "x"))).startsWith("HTTP/1.1 503 ");
        release.countDown();
        for (Socket socket : waiting) {
            byte[] start = socket.getInputStream().readNBytes(15);
            assertThat(new String(start, ISO_8859_1)).isEqualTo("HTTP/1.1 200 OK");
            socket.close();
        }
    }

    @Test
    void aUnixSocketIsItsOwnersAndGoneAtTheEnd() throws Exception {
        Path path = temporary.resolve("pdp.sock");
        try (LocalServer _ = LocalServer.onSocket(loops, path, new Token(TOKEN), service)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-------");
            try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                client.connect(UnixDomainSocketAddress.of(path));
                client.write(ByteBuffer.wrap(
                        post("/echo", HEAD + "Connection: close\r\n", "x").getBytes(ISO_8859_1)));
                assertThat(new String(Channels.newInputStream(client).readAllBytes(), ISO_8859_1))
                        .endsWith("{\"got\":\"x\"}");
            }
            assertThatThrownBy(() -> LocalServer.onSocket(loops, path, new Token(TOKEN), service))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is there already");
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void aTokenThatCanBeGuessedIsNone() {
        assertThatThrownBy(() -> new Token("short")).isInstanceOf(IllegalArgumentException.class);
    }

    /** Random bytes after a right beginning end in an answer or a closed connection, and the server serves on. */
    @Test
    void randomBytes() throws Exception {
        Random random = new Random(11);
        byte[] right = post("/echo", HEAD + "Connection: close\r\n", "x").getBytes(ISO_8859_1);
        for (int round = 0; round < 300; round++) {
            byte[] bytes = right.clone();
            for (int change = random.nextInt(6); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try (Socket socket = socket()) {
                socket.getOutputStream().write(bytes);
                socket.shutdownOutput();
                String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
                assertThat(answer).matches(text -> text.isEmpty() || text.startsWith("HTTP/1.1 "));
            }
        }
        assertThat(send(post("/echo", HEAD + "Connection: close\r\n", "x"))).startsWith("HTTP/1.1 200 ");
    }

    private static String post(String path, String head, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: a\r\n" + head + "Content-Length: " + body.length() + "\r\n\r\n"
                + body;
    }

    /** All that comes back until the server closes. */
    private String send(String bytes) throws IOException {
        try (Socket socket = socket()) {
            try {
                socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
            } catch (IOException e) {
                // It may have been refused before all of it was sent; the answer is there all the same.
                assertThat(bytes.length()).isGreaterThan(Conversation.MOST_BYTES);
            }
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    private Socket socket() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    private int port() {
        return ((InetSocketAddress) server.address()).getPort();
    }
}
