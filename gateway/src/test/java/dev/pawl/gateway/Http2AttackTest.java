package dev.pawl.gateway;

import static dev.pawl.gateway.InspectedHttp2Test.FIRST;
import static dev.pawl.gateway.InspectedHttp2Test.GET;
import static dev.pawl.gateway.InspectedHttp2Test.asking;
import static dev.pawl.gateway.InspectedHttp2Test.inspected;
import static dev.pawl.gateway.testing.Http2Frames.CONTINUATION;
import static dev.pawl.gateway.testing.Http2Frames.DATA;
import static dev.pawl.gateway.testing.Http2Frames.END_HEADERS;
import static dev.pawl.gateway.testing.Http2Frames.END_STREAM;
import static dev.pawl.gateway.testing.Http2Frames.GOAWAY;
import static dev.pawl.gateway.testing.Http2Frames.HEADERS;
import static dev.pawl.gateway.testing.Http2Frames.PING;
import static dev.pawl.gateway.testing.Http2Frames.PUSH;
import static dev.pawl.gateway.testing.Http2Frames.RST;
import static dev.pawl.gateway.testing.Http2Frames.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.gateway.InspectedHttp2Test.Talk;
import dev.pawl.gateway.testing.Http2Frames;
import dev.pawl.gateway.testing.Http2Frames.Frame;
import dev.pawl.gateway.testing.Upstream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What an agent, or a server, sends over HTTP/2 to get past the policy or to cost more than its share. */
class Http2AttackTest {
    private final List<String> paths = new CopyOnWriteArrayList<>();

    private void answer(Http2Frames server) throws IOException {
        server.answer(paths);
    }

    /** What the agent gets for a head: the status, RST_STREAM with its code, GOAWAY, or the end. */
    private static String outcome(Http2Frames agent) {
        try {
            Frame frame = agent.until(f -> f.type() == HEADERS || f.type() == RST || f.type() == GOAWAY);
            return frame.type() == HEADERS
                    ? String.valueOf(frame.fields().get(":status"))
                    : (frame.type() == RST ? "reset " : "away ") + frame.code();
        } catch (IOException end) {
            return "end";
        }
    }

    @Test
    void whatCouldBeReadInTwoWaysReachesNobody() throws Exception {
        List<String[]> heads = List.of(
                asking("GET", "/../secret"),
                asking("GET", "/a/%2e%2e/secret"),
                asking("GET", "//secret"),
                asking("GET", "http://files.example/secret"),
                asking("GET", "secret"),
                asking("GET", ""),
                asking("GET", "*"),
                asking("GET", "/a#b"),
                asking("GET", "/a\\b"),
                asking("CONNECT", "/a"),
                asking("GE T", "/a"),
                asking("", "/a"),
                asking("GET", "/a", "host", "other.example"),
                asking("GET", "/a", "connection", "close"),
                asking("GET", "/a", "transfer-encoding", "chunked"),
                asking("GET", "/a", "upgrade", "websocket"),
                asking("GET", "/a", "te", "gzip"),
                asking("GET", "/a", "X-Upper", "y"),
                asking("GET", "/a", "x y", "z"),
                asking("GET", "/a", "x-a", "b\r\nx-c: d"),
                asking("GET", "/a", "x-a", "b\nGET /secret"),
                asking("GET", "/a", "x-a", "b\0c"),
                asking("GET", "/a", "x-a", " b"),
                asking("GET", "/a", ":path", "/secret"),
                asking("GET", "/a", ":authority", "other.example"),
                asking("GET", "/a", ":status", "200"),
                asking("GET", "/a", ":unknown", "x"),
                asking("GET", "/a", "x-a", "b", ":method", "DELETE"),
                asking("GET", "/a", "content-length", "5"),
                asking("GET", "/a", "content-length", "0", "content-length", "1"),
                asking("GET", "/a", "content-length", "-1"),
                asking("GET", "/a", "content-length", "9999999999999999999"),
                new String[] {":method", "GET", ":scheme", "http", ":path", "/a"},
                new String[] {":method", "GET", ":scheme", "https", ":authority", "files.example", ":path", "/a"},
                new String[] {":method", "GET", ":authority", "files.example", ":path", "/a"},
                new String[] {":method", "GET", ":scheme", "http", ":authority", "files.example:81", ":path", "/a"},
                new String[] {":method", "GET", ":scheme", "http", ":authority", "x@files.example", ":path", "/a"},
                new String[] {":method", "GET", ":scheme", "http", ":authority", "", ":path", "/a"},
                new String[] {":scheme", "http", ":authority", "files.example", ":path", "/a"},
                new String[] {":method", "GET", ":scheme", "http", ":authority", "files.example"});
        for (String[] head : heads) {
            inspected(this::answer, (_, agent) -> {
                agent.headers(1, true, head);
                String outcome = outcome(agent);
                assertThat(outcome).as(Arrays.toString(head)).matches("400|405|414|reset 1|away 1|end");
            });
        }
        assertThat(paths).isEmpty();
    }

    @Test
    void whatIsWrongIsOnRecord() throws Exception {
        inspected(this::answer, (rig, agent) -> {
            agent.headers(1, true, asking("GET", "/a/../b"));
            agent.until(HEADERS, 1);
            rig.monitor.await(
                    entry -> entry.decision() != null && entry.decision().rule().equals("request-malformed"));
            agent.headers(3, true, asking("GET", "/a", "X-Upper", "y"));
            agent.until(RST, 3);
            agent.send(SETTINGS, 0, 5, new byte[0]);
            agent.until(GOAWAY, 0);
            rig.monitor.await(entry -> entry.decision() != null
                    && entry.decision().because().contains("no HTTP/2")
                    && entry.decision().because().contains("zero"));
        });
    }

    @Test
    void aBodyThatIsNotAsLongAsItSaidReachesNobodyWhole() throws Exception {
        List<Frame> seen = new CopyOnWriteArrayList<>();
        Talk talk = server -> {
            while (true) {
                seen.add(server.read());
            }
        };
        inspected(talk, (_, agent) -> {
            agent.headers(1, false, asking("POST", "/a", "content-length", "5"));
            agent.data(1, true, "abc");
            assertThat(outcome(agent)).isEqualTo("reset 1");
        });
        assertThat(seen).noneMatch(Frame::ends);
    }

    @Test
    void trailersThatAddressAMessageBreakItOff() throws Exception {
        for (String name : List.of("host", "content-length", ":path", "transfer-encoding")) {
            inspected(this::answer, (_, agent) -> {
                agent.headers(1, false, asking("POST", "/secret"));
                agent.headers(1, true, name, "/x");
                assertThat(outcome(agent)).as(name).matches("200|400|reset 1|away 1");
            });
        }
    }

    /** CVE-2023-44487, and the same by making the gateway reset (CVE-2025-8671). */
    @Test
    void rapidResetsEndTheConnectionAndHarmNoOther() throws Exception {
        try (Upstream upstream = new Upstream(socket -> answer(Http2Frames.server(socket)));
                Rig rig = Rig.plan().route("files.example", upstream.port()).start();
                Socket first =
                        rig.connect(Rig.to("files.example", 80), InspectedHttp2Test.terms(OptionalLong.empty()));
                Socket second =
                        rig.connect(Rig.to("files.example", 80), InspectedHttp2Test.terms(OptionalLong.empty()))) {
            for (boolean provoke : new boolean[] {false, true}) {
                Http2Frames agent = Http2Frames.client(provoke ? second : first);
                assertThat(ends(agent, () -> {
                            for (int i = 0; i < 20_000; i++) {
                                int stream = 2 * i + 1;
                                agent.write(HEADERS, END_HEADERS, stream, agent.section(GET));
                                if (provoke) {
                                    agent.write(Http2Frames.WINDOW, 0, stream, new byte[4]);
                                } else {
                                    agent.write(RST, 0, stream, Http2Frames.integer(8));
                                }
                            }
                        }))
                        .isTrue();
            }
            assertThat(paths.size()).isLessThan(2_000);
            try (Socket other =
                    rig.connect(Rig.to("files.example", 80), InspectedHttp2Test.terms(OptionalLong.empty()))) {
                Http2Frames agent = Http2Frames.client(other);
                agent.headers(1, true, GET);
                assertThat(agent.until(HEADERS, 1).fields()).containsEntry(":status", "200");
            }
        }
    }

    /** CVE-2024-27316: a head that never ends. */
    @Test
    void aHeadWithoutEndIsCutOff() throws Exception {
        inspected(this::answer, (_, agent) -> {
            byte[] part = agent.section("x-a", "y".repeat(8000));
            assertThat(ends(agent, () -> {
                        agent.write(HEADERS, END_STREAM, 1, agent.section(GET));
                        for (int i = 0; i < 2_000; i++) {
                            agent.write(CONTINUATION, 0, 1, part);
                        }
                    }))
                    .isTrue();
        });
        assertThat(paths).isEmpty();
    }

    /** A field that is sent once and then named 60,000 times: 60 kB become 240 MB. */
    @Test
    void aCompressedHeadGrowsNoFurtherThanItMay() throws Exception {
        inspected(this::answer, (_, agent) -> {
            byte[] once = agent.section(asking("GET", "/a", "x-bomb", "y".repeat(4000)));
            byte[] bomb = Arrays.copyOf(once, once.length + 10_000);
            Arrays.fill(bomb, once.length, bomb.length, (byte) 0xbe); // the newest of the table
            agent.send(HEADERS, END_HEADERS | END_STREAM, 1, bomb);
            assertThat(outcome(agent)).matches("431|reset 1|away .*|end");
        });
        assertThat(paths).isEmpty();
    }

    @Test
    void floodsOfWhatHasToBeAnsweredEnd() throws Exception {
        for (int type : new int[] {PING, SETTINGS}) {
            inspected(
                    this::answer,
                    (_, agent) -> assertThat(ends(agent, () -> {
                                // Nothing of what comes back is read.
                                for (int i = 0; i < 2_000_000; i++) {
                                    agent.write(type, 0, 0, new byte[type == PING ? 8 : 0]);
                                }
                            }))
                            .isTrue());
        }
        inspected(
                this::answer,
                (_, agent) -> assertThat(ends(agent, () -> {
                            agent.write(HEADERS, END_HEADERS, 1, agent.section(GET));
                            for (int i = 0; i < 1_000_000; i++) {
                                agent.write(DATA, 0, 1, new byte[0]);
                            }
                        }))
                        .isTrue());
    }

    private interface Flood {
        void send() throws IOException;
    }

    /** Whether the other side ends the connection during a flood or after it. */
    private static boolean ends(Http2Frames agent, Flood flood) throws IOException {
        try {
            flood.send();
            agent.flush();
            while (true) {
                agent.read();
            }
        } catch (EOFException | SocketException end) {
            return true;
        }
    }

    @Test
    void aServerThatBreaksTheProtocolIsNotBelieved() throws Exception {
        List<Talk> talks = List.of(
                server -> server.data(FIRST, true, "body first"),
                server -> server.headers(FIRST, false, ":status", "101"),
                server -> server.headers(FIRST, false, ":status", "2000"),
                server -> server.headers(FIRST, false, "x-a", "b"),
                server -> server.headers(FIRST, true, ":status", "100"),
                server -> server.headers(FIRST, false, ":status", "200", "connection", "close"),
                server -> server.headers(FIRST, false, ":status", "200", "x-a", "b\r\nx-c: d"),
                server -> server.send(PUSH, END_HEADERS, FIRST, new byte[] {0, 0, 0, 2}),
                server -> server.headers(2, false, ":status", "200"),
                server -> server.send(SETTINGS, 0, 1, new byte[0]),
                server -> server.send(HEADERS, END_HEADERS, FIRST, new byte[] {(byte) 0xff, (byte) 0xff}),
                server -> {
                    for (int i = 0; i < 100; i++) {
                        server.headers(FIRST, false, ":status", "103");
                    }
                },
                server -> {});
        for (int i = 0; i < talks.size(); i++) {
            Talk breaks = talks.get(i);
            int number = i;
            Talk talk = server -> {
                server.until(HEADERS, FIRST);
                breaks.with(server);
                if (number < 12) {
                    server.read();
                    server.read();
                    server.read();
                }
            };
            inspected(talk, (_, agent) -> {
                agent.headers(1, true, GET);
                String outcome = outcome(agent);
                while (outcome.startsWith("away") || outcome.equals("103")) {
                    outcome = outcome(agent);
                }
                assertThat(outcome).as("talk " + number).matches("502|reset .*");
            });
        }
    }

    /** Frames of random kinds, lengths and contents; whatever reaches the server is what the policy allows. */
    @Test
    void randomFramesGetNothingPastThePolicy() throws Exception {
        Random random = new Random(7);
        for (int round = 0; round < 150; round++) {
            inspected(this::answer, (rig, agent) -> {
                rig.monitor.refuse("/secret");
                try {
                    for (int i = 0; i < 30; i++) {
                        random(agent, 2 * i + 1, random);
                        // What is read at once with what breaks the connection is judged, and never goes on.
                        agent.send(PING, 0, 0, new byte[8]);
                        Frame said = agent.until(frame -> frame.type() == PING || frame.type() == GOAWAY);
                        if (said.type() == GOAWAY) {
                            return;
                        }
                    }
                    agent.headers(99, true, asking("GET", "/a/last"));
                    agent.until(frame -> frame.stream() == 99 || frame.type() == GOAWAY);
                } catch (EOFException | SocketException end) {
                    // The connection was ended.
                }
            });
        }
        assertThat(paths)
                .hasSizeGreaterThan(20)
                .noneMatch(path -> path.equals("/secret") || path.matches(".*/[.]{1,2}(/.*)?"));
    }

    private static void random(Http2Frames agent, int stream, Random random) throws IOException {
        if (random.nextInt(6) > 0) {
            String path = List.of("/a", "/secret", "/a/../secret", "/a?x").get(random.nextInt(4));
            byte[] section = agent.section(asking(random.nextBoolean() ? "GET" : "POST", path));
            if (random.nextInt(8) == 0) {
                section[random.nextInt(section.length)] ^= (byte) (1 << random.nextInt(8));
            }
            agent.write(HEADERS, random.nextInt(8) == 0 ? random.nextInt(64) : END_HEADERS, stream, section);
        } else {
            byte[] payload = new byte[random.nextInt(40)];
            random.nextBytes(payload);
            agent.write(random.nextInt(11), random.nextInt(64), random.nextInt(stream + 1), payload);
        }
    }
}
