package dev.pawl.gateway;

import static dev.pawl.gateway.testing.Http2Frames.DATA;
import static dev.pawl.gateway.testing.Http2Frames.HEADERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Body;
import dev.pawl.core.Purse;
import dev.pawl.gateway.testing.Http2Frames;
import dev.pawl.gateway.testing.Http2Frames.Frame;
import dev.pawl.gateway.testing.TestPurse;
import dev.pawl.gateway.testing.Upstream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Calls of models: reserved before they go on, recorded before the agent hears of it, settled after, cut where nothing is left. */
class ModelDeskTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String ASKED = "{\"model\":\"gpt-5\",\"max_tokens\":100,\"messages\":[]}";
    private static final String TEXT = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hello\"}}]}\n\n";
    private static final String CALL =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"function\":"
                    + "{\"name\":\"run\",\"arguments\":\"{\\\"command\\\":\\\"ls\\\"}\"}}]}}]}\n\n";
    private static final String DONE =
            "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}\n\n";
    private static final String COUNTED =
            "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":900,\"completion_tokens\":31}}\n\n";

    private interface Use {
        void with(Rig rig, Socket agent) throws Exception;
    }

    private static void through(Purse purse, Upstream.Talk talk, Use use) throws Exception {
        try (Upstream upstream = new Upstream(talk);
                Rig rig = Rig.plan()
                        .route("files.example", upstream.port())
                        .purse(purse)
                        .start();
                Socket agent =
                        rig.connect(Rig.to("files.example", 80), InspectedHttp2Test.terms(OptionalLong.empty()))) {
            use.with(rig, agent);
        }
    }

    private static void ask(Socket agent, String path, String body) throws IOException {
        agent.getOutputStream()
                .write(("POST " + path + " HTTP/1.1\r\nHost: files.example\r\nAccept-Encoding: gzip\r\nContent-Length: "
                                + body.length() + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private static String asked(Socket server) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) server.getInputStream().read());
        }
        int length = Integer.parseInt(head.toString().replaceAll("(?is).*content-length: (\\d+).*", "$1"));
        return head + new String(server.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
    }

    private static void begin(Socket server, String type) throws IOException {
        write(server, "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nTransfer-Encoding: chunked\r\n\r\n");
    }

    private static void chunk(Socket server, String text) throws IOException {
        write(server, Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }

    private static void write(Socket server, String text) throws IOException {
        server.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String until(Socket agent, String wanted) throws IOException {
        InputStream in = agent.getInputStream();
        StringBuilder got = new StringBuilder();
        while (got.indexOf(wanted) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new AssertionError("the answer ended: "
                        + got.toString().replace("\r", "\\r").replace("\n", "\\n"));
            }
            got.append((char) next);
        }
        return got.toString();
    }

    @Test
    void textPassesAtOnceAndAToolIsOnRecordBeforeTheAgentHearsOfIt() throws Exception {
        TestPurse purse = new TestPurse(1_000_000);
        CountDownLatch heard = new CountDownLatch(1);
        CountDownLatch saw = new CountDownLatch(1);
        List<String> requests = new ArrayList<>();
        through(
                purse,
                server -> {
                    requests.add(asked(server));
                    begin(server, "text/event-stream");
                    chunk(server, TEXT);
                    await(heard);
                    chunk(server, CALL + DONE);
                    await(saw);
                    chunk(server, COUNTED + "data: [DONE]\n\n");
                    write(server, "0\r\n\r\n");
                    asked(server);
                },
                (rig, agent) -> {
                    ask(agent, CHAT, ASKED);
                    until(agent, "hello");
                    heard.countDown();
                    until(agent, "finish_reason\":\"tool_calls");
                    assertThat(rig.monitor.bodies(Body.Tool.class))
                            .containsExactly(new Body.Tool("model", "run", "{\"command\":\"ls\"}", null));
                    saw.countDown();
                    until(agent, "0\r\n\r\n");
                    List<Body.Model> turns = rig.monitor.bodies(Body.Model.class);
                    assertThat(turns).hasSize(2);
                    assertThat(turns.getFirst().inputTokens()).isNull();
                    assertThat(turns.getLast())
                            .isEqualTo(new Body.Model(
                                    "openai",
                                    "gpt-5",
                                    900L,
                                    31L,
                                    1435L,
                                    List.of(new Body.ToolCall("c1", "run", "{\"command\":\"ls\"}"))));
                    var tool = rig.monitor.await(entry -> entry.body() instanceof Body.Tool);
                    var turn = rig.monitor.await(entry -> entry.body() instanceof Body.Model);
                    assertThat(tool.cause()).isEqualTo(turn.id());
                    assertThat(purse.spent).singleElement().satisfies(spent -> {
                        assertThat(spent.tokens()).isEqualTo(931);
                        assertThat(spent.micros()).contains(1435L);
                    });
                    assertThat(purse.left()).isEqualTo(1_000_000 - 931);
                });
        assertThat(requests.getFirst())
                .containsIgnoringCase("accept-encoding: identity")
                .endsWith(ASKED);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anAnswerThatComesAtOnceIsRecordedOnceInEveryFraming() throws Exception {
        String answer =
                "{\"model\":\"claude-sonnet-4-5\",\"content\":[{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"Bash\","
                        + "\"input\":{\"command\":\"id\"}}],\"usage\":{\"input_tokens\":12,\"output_tokens\":3}}";
        List<String> framings = List.of(
                "Content-Length: " + answer.length() + "\r\n\r\n" + answer,
                "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(answer.length()) + "\r\n" + answer
                        + "\r\n0\r\n\r\n",
                "Connection: close\r\n\r\n" + answer);
        for (String framing : framings) {
            through(
                    new TestPurse(1_000_000),
                    server -> {
                        asked(server);
                        write(server, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + framing);
                    },
                    (rig, agent) -> {
                        ask(agent, "/v1/messages?beta=true", ASKED);
                        String got = until(
                                agent,
                                framing.startsWith("Transfer") ? "0\r\n\r\n" : answer.substring(answer.length() - 20));
                        assertThat(got).as(framing).contains("Bash");
                        assertThat(rig.monitor.bodies(Body.Tool.class)).hasSize(1);
                        assertThat(rig.monitor.bodies(Body.Model.class))
                                .singleElement()
                                .satisfies(
                                        turn -> assertThat(turn.outputTokens()).isEqualTo(3));
                    });
        }
    }

    @Test
    void whereNothingIsLeftTheAgentHearsItInTheProvidersWordsAndTheProviderHearsNothing() throws Exception {
        Map<String, String> shapes = Map.of(
                CHAT,
                "{\"error\":{\"message\":\"The test allows no more tokens.",
                "/v1/responses",
                "\"code\":\"insufficient_quota\"}}",
                "/v1/messages",
                "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\"",
                "/v1beta/models/gemini-3-pro:generateContent",
                "\"status\":\"RESOURCE_EXHAUSTED\"}}");
        for (Map.Entry<String, String> shape : shapes.entrySet()) {
            List<Integer> got = new ArrayList<>();
            through(
                    new TestPurse(50),
                    server -> {
                        while (server.getInputStream().read() >= 0) {
                            got.add(1);
                        }
                    },
                    (rig, agent) -> {
                        ask(agent, shape.getKey(), ASKED);
                        String answer = until(agent, "}\n");
                        assertThat(answer)
                                .startsWith("HTTP/1.1 429 Too Many Requests")
                                .contains("Content-Type: application/json", "X-Should-Retry: false")
                                .contains(shape.getValue());
                        rig.monitor.await(entry -> entry.decision() != null
                                && entry.decision().rule().equals("budget.test"));
                    });
            // The head may have gone on; what makes it a request does not.
            assertThat(got.size()).isLessThan(ASKED.length() + 300);
        }
    }

    @Test
    void aStreamWithoutEndIsCutWhereNothingIsLeft() throws Exception {
        TestPurse purse = new TestPurse(20_000);
        through(
                purse,
                server -> {
                    asked(server);
                    begin(server, "text/event-stream");
                    while (true) {
                        chunk(server, TEXT);
                    }
                },
                (rig, agent) -> {
                    ask(agent, CHAT, ASKED.replace("100", "100000"));
                    String got = new String(agent.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                    assertThat(got.split("hello", -1).length).isBetween(8_000, 24_000);
                    assertThat(got)
                            .as("ends with the provider's word for it, and without the end of a whole body")
                            .endsWith("insufficient_quota\"}}\n\n\r\n");
                    rig.monitor.await(entry -> entry.body() instanceof Body.Model);
                    rig.monitor.closedFlow();
                });
        assertThat(purse.spent)
                .singleElement()
                .satisfies(spent -> assertThat(spent.tokens()).isBetween(16_384L, 20_000L));
    }

    @Test
    void aCallThatBreaksOffCountsAsMuchAsWasReserved() throws Exception {
        TestPurse purse = new TestPurse(20_000);
        through(
                purse,
                server -> {
                    asked(server);
                    begin(server, "text/event-stream");
                    chunk(server, TEXT);
                    server.getInputStream().read();
                },
                (rig, agent) -> {
                    ask(agent, CHAT, ASKED);
                    until(agent, "hello");
                    agent.close();
                    rig.monitor.await(entry -> entry.body() instanceof Body.Model);
                });
        assertThat(purse.spent)
                .singleElement()
                .satisfies(spent -> assertThat(spent.tokens()).isEqualTo(100 + ASKED.length() / 2 + 1));
    }

    @Test
    void anErrorOfTheProviderCostsNoTokens() throws Exception {
        TestPurse purse = new TestPurse(20_000);
        through(
                purse,
                server -> {
                    asked(server);
                    write(server, "HTTP/1.1 500 Oh\r\nContent-Length: 2\r\n\r\nno");
                    asked(server);
                },
                (_, agent) -> {
                    ask(agent, CHAT, ASKED);
                    until(agent, "no");
                });
        assertThat(purse.spent).containsExactly(new Purse.Spent(1, 0, Optional.of(0L)));
    }

    @Test
    void aPurseThatFailsLetsNothingOut() throws Exception {
        through(
                _ -> {
                    throw new IllegalStateException("the disk is gone");
                },
                server -> server.getInputStream().readAllBytes(),
                (_, agent) -> {
                    ask(agent, CHAT, ASKED);
                    assertThat(until(agent, "}\n")).startsWith("HTTP/1.1 403").contains("inspection-failed");
                });
    }

    @Test
    void overHttp2() throws Exception {
        TestPurse purse = new TestPurse(1_000_000);
        CountDownLatch saw = new CountDownLatch(1);
        through(
                purse,
                socket -> {
                    Http2Frames server = Http2Frames.server(socket);
                    int stream = server.until(HEADERS, InspectedHttp2Test.FIRST).stream();
                    server.until(DATA, stream);
                    server.headers(stream, false, ":status", "200", "content-type", "text/event-stream");
                    server.data(stream, false, TEXT);
                    server.data(stream, false, CALL + DONE);
                    await(saw);
                    server.data(stream, false, COUNTED);
                    server.headers(stream, true, "x-trailer", "late");
                    server.read();
                },
                (rig, socket) -> {
                    Http2Frames agent = Http2Frames.client(socket);
                    agent.headers(1, false, InspectedHttp2Test.asking("POST", CHAT));
                    agent.data(1, true, ASKED);
                    StringBuilder got = new StringBuilder();
                    while (got.indexOf("tool_calls\"}") < 0) {
                        got.append(agent.until(DATA, 1).text());
                    }
                    assertThat(rig.monitor.bodies(Body.Tool.class)).hasSize(1);
                    saw.countDown();
                    Frame frame = agent.read();
                    while (!frame.ends()) {
                        got.append(frame.type() == DATA ? frame.text() : "");
                        frame = agent.read();
                    }
                    assertThat(got.toString()).isEqualTo(TEXT + CALL + DONE + COUNTED);
                    assertThat(frame.fields()).containsEntry("x-trailer", "late");
                    assertThat(rig.monitor.bodies(Body.Model.class)).hasSize(2);
                    assertThat(purse.spent)
                            .singleElement()
                            .satisfies(spent -> assertThat(spent.tokens()).isEqualTo(931));
                });
    }
}
