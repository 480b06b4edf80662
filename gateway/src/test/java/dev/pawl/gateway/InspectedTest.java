package dev.pawl.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Body;
import dev.pawl.core.Inspection;
import dev.pawl.core.Leaks;
import dev.pawl.core.Protocol;
import dev.pawl.core.Terms;
import dev.pawl.gateway.testing.Upstream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Inspected connections over real sockets, without TLS. */
class InspectedTest {
    private static final Terms READ =
            new Terms(Protocol.HTTP, Optional.of(new Inspection(List.of(), OptionalLong.empty(), Leaks.OFF)));

    private static final String GET = "GET /a HTTP/1.1\r\nHost: files.example\r\n\r\n";
    private static final int LARGE = 64 << 20;
    /** More than fits into what the agent has room for, less than what all sockets together have. */
    private static final int SMALL = 5 << 20;

    private interface Use {
        void with(Rig rig, Socket agent) throws Exception;
    }

    private static void inspected(Upstream.Talk talk, Use use) throws Exception {
        try (Upstream upstream = new Upstream(talk);
                Rig rig = Rig.plan().route("files.example", upstream.port()).start();
                Socket agent = connect(rig)) {
            use.with(rig, agent);
        }
    }

    private static Socket connect(Rig rig) throws IOException {
        return rig.connect(Rig.to("files.example", 80), READ);
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Reads a head, one byte after the other, to leave the body where it is. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("no head: " + head);
            }
            head.append((char) b);
        }
        return head.toString();
    }

    private static byte[] part(int seed) {
        byte[] part = new byte[1 << 16];
        new Random(seed).nextBytes(part);
        return part;
    }

    @Test
    void aLargeAnswerIsWhole() throws Exception {
        for (String framing : List.of("Content-Length: " + LARGE + "\r\nConnection: close\r\n", "")) {
            download(framing, LARGE, false);
        }
    }

    @Test
    void anAnswerIsWholeThoughTheServerIsGoneBeforeTheAgentReads() throws Exception {
        for (String framing : List.of("Content-Length: " + SMALL + "\r\nConnection: close\r\n", "")) {
            download(framing, SMALL, true);
        }
    }

    /** {@code late} is whether the agent reads only once the server has sent all and closed. */
    private static void download(String framing, int size, boolean late) throws Exception {
        MessageDigest sent = MessageDigest.getInstance("SHA-256");
        CountDownLatch closed = new CountDownLatch(late ? 1 : 0);
        Upstream.Talk talk = server -> {
            head(server.getInputStream());
            say(server.getOutputStream(), "HTTP/1.1 200 OK\r\n" + framing + "\r\n");
            for (int i = 0; i < size >> 16; i++) {
                byte[] part = part(i);
                sent.update(part);
                server.getOutputStream().write(part);
            }
            server.close();
            closed.countDown();
        };
        inspected(talk, (rig, agent) -> {
            say(agent.getOutputStream(), GET);
            assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(head(agent.getInputStream())).startsWith("HTTP/1.1 200 OK\r\n");
            MessageDigest got = MessageDigest.getInstance("SHA-256");
            byte[] body = agent.getInputStream().readAllBytes();
            got.update(body);
            assertThat(body.length).as(framing).isEqualTo(size);
            assertThat(got.digest()).isEqualTo(sent.digest());
        });
    }

    @Test
    void aLargeRequestIsWholeAndTheConnectionGoesOn() throws Exception {
        MessageDigest got = MessageDigest.getInstance("SHA-256");
        Upstream.Talk talk = server -> {
            head(server.getInputStream());
            for (int left = LARGE; left > 0; ) {
                byte[] part = server.getInputStream().readNBytes(Math.min(left, 1 << 16));
                got.update(part);
                left -= part.length;
            }
            say(server.getOutputStream(), "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            head(server.getInputStream());
            say(server.getOutputStream(), "HTTP/1.1 204 No Content\r\n\r\n");
        };
        inspected(talk, (rig, agent) -> {
            MessageDigest sent = MessageDigest.getInstance("SHA-256");
            say(
                    agent.getOutputStream(),
                    "PUT /a HTTP/1.1\r\nHost: files.example\r\nContent-Length: " + LARGE + "\r\n\r\n");
            for (int i = 0; i < LARGE >> 16; i++) {
                byte[] part = part(i);
                sent.update(part);
                agent.getOutputStream().write(part);
            }
            assertThat(head(agent.getInputStream())).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(agent.getInputStream().readNBytes(2)).asString().isEqualTo("ok");
            assertThat(got.digest()).isEqualTo(sent.digest());
            say(agent.getOutputStream(), GET);
            assertThat(head(agent.getInputStream())).startsWith("HTTP/1.1 204 ");
            assertThat(rig.monitor
                            .await(entry -> entry.body() instanceof Body.Http http && http.sent() > 0)
                            .body())
                    .isInstanceOfSatisfying(Body.Http.class, http -> {
                        assertThat(http.sent()).isEqualTo(LARGE);
                        assertThat(http.received()).isEqualTo(2);
                    });
        });
    }

    @Test
    void whatComesInPartsIsPassedOnPartByPart() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        Upstream.Talk talk = server -> {
            head(server.getInputStream());
            say(
                    server.getOutputStream(),
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            say(server.getOutputStream(), "8\r\ndata: 1\n\r\n");
            try {
                // The second part is sent only once the first was read.
                if (seen.await(10, TimeUnit.SECONDS)) {
                    say(server.getOutputStream(), "8\r\ndata: 2\n\r\n0\r\n\r\n");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        inspected(talk, (rig, agent) -> {
            say(agent.getOutputStream(), GET);
            assertThat(head(agent.getInputStream())).contains("chunked");
            assertThat(agent.getInputStream().readNBytes(13)).asString().isEqualTo("8\r\ndata: 1\n\r\n");
            seen.countDown();
            assertThat(agent.getInputStream().readNBytes(18)).asString().isEqualTo("8\r\ndata: 2\n\r\n0\r\n\r\n");
        });
    }

    @Test
    void whatIsNoHttpHarmsNobodyWhoeverSaysIt() throws Exception {
        Random random = new Random(20_261_125);
        String answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX: y\r\n\r\nok";
        List<byte[]> answers =
                IntStream.range(0, 150).mapToObj(_ -> mutated(answer, random)).toList();
        List<byte[]> requests = IntStream.range(0, 150)
                .mapToObj(_ ->
                        mutated("POST /a HTTP/1.1\r\nHost: files.example\r\nContent-Length: 2\r\n\r\nhi" + GET, random))
                .toList();
        Upstream.Talk talk = server -> {
            String asked = head(server.getInputStream());
            int number = asked.indexOf("X-Number: ");
            byte[] bytes = number < 0
                    ? answer.getBytes(StandardCharsets.ISO_8859_1)
                    : answers.get(Integer.parseInt(asked.substring(number + 10, asked.indexOf("\r\n", number))));
            server.getOutputStream().write(bytes);
        };
        try (Upstream upstream = new Upstream(talk);
                Rig rig = Rig.plan().route("files.example", upstream.port()).start();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> talks = new java.util.ArrayList<>();
            for (int i = 0; i < 150; i++) {
                byte[] numbered = GET.replace("\r\n\r\n", "\r\nX-Number: " + i + "\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1);
                talks.add(threads.submit(() -> spoken(rig, numbered)));
                byte[] request = requests.get(i);
                talks.add(threads.submit(() -> spoken(rig, request)));
            }
            for (Future<?> each : talks) {
                each.get(60, TimeUnit.SECONDS);
            }
            try (Socket agent = connect(rig)) {
                say(agent.getOutputStream(), GET);
                assertThat(head(agent.getInputStream())).startsWith("HTTP/1.1 200 OK\r\n");
            }
            assertThat(rig.monitor.bodies(Body.Http.class)).hasSizeLessThan(2_000);
        }
    }

    private static byte[] mutated(String text, Random random) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int change = 1 + random.nextInt(3); change > 0; change--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    /** Says something and reads what comes, for at most a second. */
    private static void spoken(Rig rig, byte[] bytes) {
        try (Socket agent = connect(rig)) {
            agent.setSoTimeout(1_000);
            agent.getOutputStream().write(bytes);
            agent.getInputStream().readAllBytes();
        } catch (IOException ended) {
            assertThat(ended).isInstanceOfAny(SocketException.class, java.net.SocketTimeoutException.class);
        }
    }
}
