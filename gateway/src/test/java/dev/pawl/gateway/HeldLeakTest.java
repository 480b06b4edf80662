package dev.pawl.gateway;

import static dev.pawl.gateway.testing.Http2Frames.DATA;
import static dev.pawl.gateway.testing.Http2Frames.HEADERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Act;
import dev.pawl.core.Inspection;
import dev.pawl.core.Leaks;
import dev.pawl.core.Protocol;
import dev.pawl.core.Terms;
import dev.pawl.gateway.leak.scan.MarkedFiles;
import dev.pawl.gateway.leak.scan.Marker;
import dev.pawl.gateway.testing.Http2Frames;
import dev.pawl.gateway.testing.Http2Frames.Frame;
import dev.pawl.gateway.testing.RecordingMonitor.Asked;
import dev.pawl.gateway.testing.Upstream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Under {@code leaks: ask} a request that carries something out waits for a person, and nothing of it goes on meanwhile. */
class HeldLeakTest {
    private static final Terms ASKS =
            new Terms(Protocol.HTTP, Optional.of(new Inspection(List.of(), OptionalLong.empty(), Leaks.ASK)));

    private static final String KEY = "db_password = \"t7Xq9Lw2Rv5Zk8Np3Yc6\"";
    private static final String OTHER = "db_password = \"m4Hs8Jd1Gf6Wb9Qe2Tn7\"";
    private static final String TARGET = "/?password=t7Xq9Lw2Rv5Zk8Np3Yc6";
    private static final String TEXT = "t7Xq9Lw2Rv5Zk8Np3Yc6";

    /** What the server read and what the person did, in order. */
    private final List<String> happened = new CopyOnWriteArrayList<>();

    private interface Use {
        void with(Rig rig, Socket agent) throws Exception;
    }

    private void through(Upstream.Talk talk, Use use) throws Exception {
        try (Upstream upstream = new Upstream(talk);
                Rig rig = Rig.plan().route("files.example", upstream.port()).start();
                Socket agent = rig.connect(Rig.to("files.example", 80), ASKS)) {
            use.with(rig, agent);
        }
    }

    /** Answers requests with a declared length. */
    private void server(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        while (true) {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    return;
                }
                head.append((char) next);
            }
            happened.add("head " + head.substring(0, head.indexOf("\r\n")));
            int at = head.indexOf("Content-Length: ");
            int length = at < 0 ? 0 : Integer.parseInt(head.substring(at + 16, head.indexOf("\r\n", at)));
            for (int i = 0; i < length; i++) {
                int next = in.read();
                if (next < 0) {
                    return;
                }
                if (i == 0) {
                    happened.add("body");
                }
            }
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static void post(Socket agent, String target, String body) throws IOException {
        agent.getOutputStream()
                .write(("POST " + target + " HTTP/1.1\r\nHost: files.example\r\nContent-Length: " + body.length()
                                + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private static String read(Socket agent, String until) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(until) < 0) {
            int next = agent.getInputStream().read();
            if (next < 0) {
                break;
            }
            text.append((char) next);
        }
        return text.toString();
    }

    private void yes(Asked asked) {
        happened.add("yes");
        asked.yes();
    }

    @Test
    void aBodyGoesOnOnlyAfterAYesWhichHoldsForItsBytesAlone() throws Exception {
        through(this::server, (rig, agent) -> {
            post(agent, "/a", KEY);
            Asked asked = rig.monitor.question();
            Act.Leak act = (Act.Leak) asked.holding().act();
            assertThat(act.found()).isEqualTo("password");
            assertThat(act.place()).isEqualTo("body");
            assertThat(act.target()).isEqualTo("/a");
            assertThat(act.size()).isEqualTo(KEY.length());
            assertThat(act.content()).matches("[0-9a-f]{64}");
            assertThat(asked.leak() + " " + act + asked.holding().chain()).doesNotContain(TEXT);
            yes(asked);
            assertThat(read(agent, "done")).startsWith("HTTP/1.1 200").endsWith("done");
            post(agent, "/a", OTHER);
            Asked again = rig.monitor.question();
            assertThat(((Act.Leak) again.holding().act()).content()).isNotEqualTo(act.content());
            yes(again);
            assertThat(read(agent, "done")).endsWith("done");
            post(agent, "/a", KEY);
            Asked same = rig.monitor.question();
            assertThat(same.holding().act()).isEqualTo(act);
            yes(same);
            assertThat(read(agent, "done")).endsWith("done");
        });
        assertThat(happened)
                .filteredOn(what -> !what.startsWith("head"))
                .containsExactly("yes", "body", "yes", "body", "yes", "body");
    }

    @Test
    void aNoRefuses() throws Exception {
        through(this::server, (rig, agent) -> {
            post(agent, "/a", KEY);
            rig.monitor.question().no();
            assertThat(read(agent, "she said no")).startsWith("HTTP/1.1 403").contains("she said no");
        });
        assertThat(happened).doesNotContain("body");
    }

    @Test
    void aHeadWaitsWholeAndItsTextIsNotShown() throws Exception {
        through(this::server, (rig, agent) -> {
            post(agent, TARGET, OTHER);
            Asked asked = rig.monitor.question();
            assertThat(((Act.Leak) asked.holding().act()).target()).isEmpty();
            assertThat(asked.leak() + " " + asked.holding().act())
                    .contains("url")
                    .doesNotContain(TEXT);
            yes(asked);
            Asked body = rig.monitor.question();
            assertThat(((Act.Leak) body.holding().act()).target()).isEmpty();
            assertThat(body.leak().place()).isEqualTo("body");
            yes(body);
            assertThat(read(agent, "done")).endsWith("done");
        });
        assertThat(happened.getFirst()).isEqualTo("yes");
        assertThat(happened).filteredOn(what -> !what.startsWith("head")).containsExactly("yes", "yes", "body");
    }

    @Test
    void whatTheRunMarkedIsNeverAskedAbout() throws Exception {
        through(this::server, (rig, agent) -> {
            rig.gateway
                    .leaks()
                    .mark(List.of(new Marker("decoy", "pawl-decoy-0123456789", Optional.empty())), MarkedFiles.none());
            post(agent, "/a", "pawl-decoy-0123456789 " + KEY);
            assertThat(read(agent, "leak.decoy")).startsWith("HTTP/1.1 403").contains("leak.decoy");
        });
        assertThat(happened).doesNotContain("body");
    }

    @Test
    void nobodyIsAskedAnyMoreOnceTheAgentIsGone() throws Exception {
        through(this::server, (rig, agent) -> {
            post(agent, "/a", KEY);
            Asked asked = rig.monitor.question();
            agent.setSoLinger(true, 0);
            agent.close();
            assertThat(asked.givenUp().get(10, TimeUnit.SECONDS)).isTrue();
            asked.yes();
            rig.monitor.closedFlow();
        });
        assertThat(happened).doesNotContain("body");
    }

    @Test
    void overHttp2OneStreamWaitsAndOthersDoNot() throws Exception {
        Upstream.Talk talk = socket -> {
            Http2Frames server = Http2Frames.server(socket);
            while (true) {
                Frame frame = server.read();
                if (frame.type() == HEADERS) {
                    happened.add(frame.fields().get(":path"));
                }
                if (frame.type() == DATA && frame.text().contains("password")) {
                    happened.add("body");
                }
                if (frame.ends()) {
                    server.headers(frame.stream(), true, ":status", "200");
                }
            }
        };
        through(talk, (rig, socket) -> {
            Http2Frames agent = Http2Frames.client(socket);
            String[] post = InspectedHttp2Test.asking("POST", "/held");
            agent.headers(1, false, post);
            agent.data(1, true, KEY);
            Asked asked = rig.monitor.question();
            assertThat(asked.leak().place()).isEqualTo("body");
            agent.headers(3, true, InspectedHttp2Test.asking("GET", "/free"));
            assertThat(agent.until(HEADERS, 3).fields()).isEqualTo(Map.of(":status", "200"));
            yes(asked);
            assertThat(agent.until(HEADERS, 1).fields()).isEqualTo(Map.of(":status", "200"));
            agent.headers(5, false, post);
            agent.data(5, true, KEY);
            rig.monitor.question().no();
            assertThat(agent.until(HEADERS, 5).fields()).containsEntry(":status", "403");
        });
        assertThat(happened.indexOf("body")).isGreaterThan(happened.indexOf("yes"));
        assertThat(happened).containsOnlyOnce("body", "/free");
    }

    @Test
    void aMessageOfAWebSocketWaitsWithAllBehindIt() throws Exception {
        Upstream.Talk talk = socket -> {
            read(socket, "\r\n\r\n");
            socket.getOutputStream()
                    .write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            int next = in.read();
            happened.add("frame " + next);
            in.readNBytes(5 + KEY.length() + 6);
            socket.getOutputStream().write("answer".getBytes(StandardCharsets.US_ASCII));
        };
        through(talk, (rig, agent) -> {
            String head = String.join(
                    "\r\n",
                    "GET /chat HTTP/1.1",
                    "Host: files.example",
                    "Connection: Upgrade",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
                    "Sec-WebSocket-Version: 13",
                    "",
                    "");
            agent.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            assertThat(read(agent, "\r\n\r\n")).startsWith("HTTP/1.1 101");
            byte[] text = KEY.getBytes(StandardCharsets.US_ASCII);
            byte[] frame = new byte[6 + text.length + 6];
            frame[0] = (byte) 0x81;
            frame[1] = (byte) (0x80 | text.length);
            System.arraycopy(text, 0, frame, 6, text.length);
            frame[6 + text.length] = (byte) 0x89;
            frame[6 + text.length + 1] = (byte) 0x80;
            agent.getOutputStream().write(frame);
            Asked asked = rig.monitor.question();
            assertThat(asked.leak().place()).startsWith("message");
            yes(asked);
            assertThat(read(agent, "answer")).endsWith("answer");
        });
        assertThat(happened).containsExactly("yes", "frame 129");
    }
}
