package dev.pawl.gateway;

import static dev.pawl.gateway.testing.Http2Frames.DATA;
import static dev.pawl.gateway.testing.Http2Frames.END_HEADERS;
import static dev.pawl.gateway.testing.Http2Frames.END_STREAM;
import static dev.pawl.gateway.testing.Http2Frames.GOAWAY;
import static dev.pawl.gateway.testing.Http2Frames.HEADERS;
import static dev.pawl.gateway.testing.Http2Frames.RST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Body;
import dev.pawl.core.Inspection;
import dev.pawl.core.Leaks;
import dev.pawl.core.Protocol;
import dev.pawl.core.Terms;
import dev.pawl.gateway.testing.Http2Frames;
import dev.pawl.gateway.testing.Http2Frames.Frame;
import dev.pawl.gateway.testing.Upstream;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** HTTP/2 through the gateway over real sockets, without TLS: what well-behaved ends see. */
class InspectedHttp2Test {
    static final String[] GET = {":method", "GET", ":scheme", "http", ":authority", "files.example", ":path", "/a"};

    /** Streams to the server: its client leaves out the first, which an upgrade would use. */
    static final byte FIRST = 3;

    static final byte SECOND = 5;

    interface Use {
        void with(Rig rig, Http2Frames agent) throws Exception;
    }

    interface Talk {
        void with(Http2Frames server) throws IOException;
    }

    static Terms terms(OptionalLong upload) {
        return new Terms(Protocol.HTTP, Optional.of(new Inspection(List.of(), upload, Leaks.OFF)));
    }

    static void inspected(Talk talk, Use use) throws Exception {
        inspected(OptionalLong.empty(), talk, use);
    }

    static void inspected(OptionalLong upload, Talk talk, Use use) throws Exception {
        try (Upstream upstream = new Upstream(socket -> talk.with(Http2Frames.server(socket)));
                Rig rig = Rig.plan().route("files.example", upstream.port()).start();
                Socket agent = rig.connect(Rig.to("files.example", 80), terms(upload))) {
            use.with(rig, Http2Frames.client(agent));
        }
    }

    static String[] asking(String method, String path, String... more) {
        List<String> fields = new ArrayList<>(
                List.of(":method", method, ":scheme", "http", ":authority", "files.example", ":path", path));
        Collections.addAll(fields, more);
        return fields.toArray(String[]::new);
    }

    /** Answers every request that has come whole with what it was. */
    static void echo(Http2Frames server) throws IOException {
        Map<Integer, String> paths = new HashMap<>();
        while (true) {
            Frame frame = server.read();
            if (frame.type() == HEADERS && !paths.containsKey(frame.stream())) {
                paths.put(frame.stream(), frame.fields().get(":path"));
            }
            if (frame.ends()) {
                server.headers(
                        frame.stream(), false, ":status", "200", "x-path", String.valueOf(paths.get(frame.stream())));
                server.data(frame.stream(), true, "done");
            }
        }
    }

    @Test
    void aRequestAndItsAnswerPassWithTrailers() throws Exception {
        List<Frame> seen = new CopyOnWriteArrayList<>();
        Talk talk = server -> {
            seen.add(server.until(HEADERS, FIRST));
            seen.add(server.until(DATA, FIRST));
            server.headers(FIRST, false, ":status", "103", "link", "</x>");
            server.headers(FIRST, false, ":status", "200", "content-type", "application/grpc");
            server.data(FIRST, false, "answer");
            server.headers(FIRST, true, "grpc-status", "0");
            server.read();
        };
        inspected(talk, (rig, agent) -> {
            agent.headers(1, false, asking("POST", "/svc/Call", "te", "trailers", "content-length", "3"));
            agent.data(1, true, "abc");
            assertThat(agent.until(HEADERS, 1).fields()).containsEntry(":status", "103");
            assertThat(agent.until(HEADERS, 1).fields())
                    .containsEntry(":status", "200")
                    .containsEntry("content-type", "application/grpc");
            assertThat(agent.until(DATA, 1).text()).isEqualTo("answer");
            Frame last = agent.until(HEADERS, 1);
            assertThat(last.fields()).isEqualTo(Map.of("grpc-status", "0"));
            assertThat(last.ends()).isTrue();
            assertThat(seen.getFirst().fields())
                    .isEqualTo(Map.of(
                            ":method", "POST",
                            ":scheme", "http",
                            ":authority", "files.example",
                            ":path", "/svc/Call",
                            "te", "trailers",
                            "content-length", "3"));
            assertThat(seen.get(1).text()).isEqualTo("abc");
            rig.monitor.await(entry -> entry.body() instanceof Body.Http http
                    && http.status() != null
                    && http.status() == 200
                    && http.sent() == 3
                    && http.received() == 6);
        });
    }

    @Test
    void aRequestWithoutBodyEndsWithItsHead() throws Exception {
        List<Frame> seen = new CopyOnWriteArrayList<>();
        inspected(
                server -> {
                    seen.add(server.until(HEADERS, FIRST));
                    server.headers(FIRST, true, ":status", "204");
                    server.read();
                },
                (_, agent) -> {
                    agent.headers(1, true, GET);
                    assertThat(agent.until(HEADERS, 1).ends()).isTrue();
                    assertThat(seen.getFirst().ends()).isTrue();
                });
    }

    @Test
    void whatIsNotGrantedIsRefusedAndTheConnectionGoesOn() throws Exception {
        List<String> paths = new CopyOnWriteArrayList<>();
        inspected(server -> server.answer(paths), (rig, agent) -> {
            rig.monitor.refuse("/secret");
            agent.headers(1, false, asking("POST", "/secret/x"));
            Frame head = agent.until(HEADERS, 1);
            assertThat(head.fields())
                    .containsEntry(":status", "403")
                    .containsEntry("content-type", "application/problem+json");
            Frame body = agent.until(DATA, 1);
            assertThat(body.text()).contains("\"status\":403", "\"event\":\"");
            assertThat(body.ends()).isTrue();
            // Still sending, it is told to stop.
            assertThat(agent.until(RST, 1).code()).isZero();
            agent.data(1, true, new byte[10]);
            agent.headers(3, true, asking("HEAD", "/secret/x"));
            assertThat(agent.until(HEADERS, 3).ends()).isTrue();
            agent.headers(5, true, GET);
            assertThat(agent.until(HEADERS, 5).fields()).containsEntry(":status", "200");
            assertThat(paths).containsExactly("/a");
        });
    }

    @Test
    void twoHundredRequestsAtATimeAreAnswered() throws Exception {
        int many = 200;
        List<Integer> asked = new ArrayList<>();
        Talk talk = server -> {
            while (asked.size() < many) {
                Frame frame = server.read();
                if (frame.type() == HEADERS) {
                    asked.add(frame.stream());
                }
            }
            // None is answered before all were asked; the last is answered first.
            for (int stream : asked.reversed()) {
                server.headers(stream, false, ":status", "200");
                server.data(stream, true, "answer " + stream);
            }
            server.read();
        };
        inspected(talk, (_, agent) -> {
            for (int i = 0; i < many; i++) {
                agent.headers(2 * i + 1, true, asking("GET", "/a/" + i));
            }
            int answered = 0;
            while (answered < many) {
                Frame frame = agent.read();
                if (frame.type() == DATA) {
                    assertThat(frame.text()).startsWith("answer ");
                    answered++;
                }
            }
        });
    }

    @Test
    void muchPassesBothWaysAndTheSlowSideHoldsTheFastOne() throws Exception {
        int size = 8 << 20;
        Talk talk = server -> {
            Frame frame = server.until(HEADERS, FIRST);
            long got = 0;
            while (!frame.ends()) {
                frame = server.read();
                if (frame.type() == DATA) {
                    got += frame.text().length();
                    server.window(0, Math.max(1, frame.text().length()));
                    server.window(FIRST, Math.max(1, frame.text().length()));
                }
            }
            server.headers(FIRST, true, ":status", "200", "x-got", Long.toString(got));
            server.read();
        };
        inspected(talk, (_, agent) -> {
            agent.headers(1, false, asking("PUT", "/a"));
            long room = 65_535;
            byte[] part = new byte[16_384];
            int left = size;
            // Sends no more than it was given room for.
            while (left > 0) {
                while (room < part.length) {
                    Frame frame = agent.until(f -> f.type() == Http2Frames.WINDOW && f.stream() == 1);
                    room += frame.code();
                }
                left -= part.length;
                room -= part.length;
                agent.data(1, left == 0, part);
            }
            assertThat(agent.until(HEADERS, 1).fields()).containsEntry("x-got", Integer.toString(size));
        });
    }

    @Test
    void aServerIsHeldByAnAgentThatGivesNoRoom() throws Exception {
        AtomicLong sent = new AtomicLong();
        CountDownLatch stalled = new CountDownLatch(1);
        Talk talk = server -> {
            server.until(HEADERS, FIRST);
            server.headers(FIRST, false, ":status", "200");
            long room = 1 << 20;
            byte[] part = new byte[16_384];
            while (true) {
                while (room < part.length) {
                    if (sent.get() >= (1 << 20) - part.length) {
                        stalled.countDown();
                    }
                    Frame frame = server.read();
                    if (frame.type() == Http2Frames.WINDOW && frame.stream() == FIRST) {
                        room += frame.code();
                    }
                }
                room -= part.length;
                sent.addAndGet(part.length);
                server.data(FIRST, false, part);
            }
        };
        inspected(talk, (_, agent) -> {
            agent.headers(1, true, GET);
            agent.until(DATA, 1);
            assertThat(stalled.await(10, TimeUnit.SECONDS)).isTrue();
            // Its room for 65,535 bytes is soon used up, and with it the window of the server.
            while (!agent.silent(300)) {}
            assertThat(sent.get()).isBetween(65_535L, (1L << 20) + 65_535 + 16_384);
        });
    }

    @Test
    void aServerThatGoesAwaySendsTheAgentToAnotherConnection() throws Exception {
        Talk talk = server -> {
            server.until(HEADERS, FIRST);
            server.until(HEADERS, SECOND);
            // It has looked at the first alone.
            server.send(GOAWAY, 0, 0, new byte[] {0, 0, 0, FIRST, 0, 0, 0, 0});
            server.headers(FIRST, true, ":status", "200");
            server.read();
        };
        inspected(talk, (_, agent) -> {
            agent.headers(1, true, GET);
            agent.headers(3, true, GET);
            List<Frame> told = new ArrayList<>();
            while (told.size() < 3) {
                Frame frame = agent.read();
                if (frame.type() == RST || frame.type() == GOAWAY || frame.type() == HEADERS) {
                    told.add(frame);
                }
            }
            assertThat(told).anySatisfy(frame -> assertThat(frame.type()).isEqualTo(GOAWAY));
            assertThat(told).anySatisfy(frame -> {
                assertThat(frame.stream()).isEqualTo(3);
                assertThat(frame.type()).isEqualTo(RST);
                assertThat(frame.code()).isEqualTo(7); // REFUSED_STREAM
            });
            assertThat(told).anySatisfy(frame -> assertThat(frame.fields()).containsEntry(":status", "200"));
        });
    }

    @Test
    void aResetPassesBothWays() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        Talk talk = server -> {
            server.until(HEADERS, FIRST);
            server.reset(FIRST, 11);
            server.until(HEADERS, SECOND);
            asked.countDown();
            server.until(RST, SECOND);
            cancelled.countDown();
            server.read();
        };
        inspected(talk, (_, agent) -> {
            agent.headers(1, true, GET);
            assertThat(agent.until(RST, 1).code()).isEqualTo(11); // ENHANCE_YOUR_CALM
            agent.headers(3, false, GET);
            agent.data(3, false, new byte[3]);
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            agent.reset(3, 8);
            assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
        });
    }

    @Test
    void whatIsTooLargeIsBrokenOff() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        Talk talk = server -> {
            server.until(HEADERS, FIRST);
            begun.countDown();
            server.until(RST, FIRST);
            cancelled.countDown();
            server.read();
        };
        inspected(OptionalLong.of(1000), talk, (rig, agent) -> {
            agent.headers(1, false, asking("PUT", "/a", "content-length", "2000"));
            assertThat(agent.until(HEADERS, 1).fields()).containsEntry(":status", "413");
            agent.headers(3, false, asking("PUT", "/a"));
            agent.data(3, false, new byte[900]);
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            agent.data(3, false, new byte[900]);
            assertThat(agent.until(HEADERS, 3).fields()).containsEntry(":status", "413");
            assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
            rig.monitor.await(
                    entry -> entry.decision() != null && entry.decision().rule().equals("upload"));
        });
    }

    @Test
    void nothingPassesWhileTheRunIsFrozen() throws Exception {
        List<String> paths = new CopyOnWriteArrayList<>();
        CountDownLatch first = new CountDownLatch(1);
        Talk talk = server -> {
            while (true) {
                Frame frame = server.read();
                if (frame.type() == HEADERS) {
                    paths.add(frame.fields().get(":path"));
                    server.headers(frame.stream(), true, ":status", "200");
                    first.countDown();
                }
            }
        };
        inspected(talk, (rig, agent) -> {
            agent.headers(1, true, GET);
            agent.until(HEADERS, 1);
            assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
            rig.gateway.pause(true);
            for (int i = 1; i < 50; i++) {
                agent.headers(2 * i + 1, true, asking("GET", "/frozen/" + i));
            }
            assertThat(agent.silent(300)).isTrue();
            assertThat(paths).containsExactly("/a");
            rig.gateway.pause(false);
            agent.until(HEADERS, 99);
            assertThat(paths).hasSize(50);
        });
    }

    @Test
    void fieldsMayComeInPieces() throws Exception {
        inspected(InspectedHttp2Test::echo, (_, agent) -> {
            byte[] section = agent.section(asking("GET", "/pieces", "x-long", "y".repeat(500)));
            int half = section.length / 2;
            agent.send(HEADERS, END_STREAM, 1, Arrays.copyOf(section, half));
            agent.send(Http2Frames.CONTINUATION, END_HEADERS, 1, Arrays.copyOfRange(section, half, section.length));
            assertThat(agent.until(HEADERS, 1).fields()).containsEntry("x-path", "/pieces");
        });
    }
}
