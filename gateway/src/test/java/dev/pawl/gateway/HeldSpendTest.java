package dev.pawl.gateway;

import static dev.pawl.gateway.testing.Http2Frames.DATA;
import static dev.pawl.gateway.testing.Http2Frames.HEADERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Act;
import dev.pawl.core.Body;
import dev.pawl.core.Inspection;
import dev.pawl.core.Protocol;
import dev.pawl.core.Terms;
import dev.pawl.gateway.spend.SpendDesk;
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
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A call that costs money waits whole: nothing of it reaches the server before a yes, which is for these bytes alone. */
class HeldSpendTest {
    private static final Terms INSPECTED = new Terms(Protocol.HTTP, Optional.of(Inspection.ANY));
    private static final String HOST = "api.stripe.com";
    private static final String PAY = "amount=2000&currency=eur&customer=c";

    /** What the server read and what the person did, in order. */
    private final List<String> happened = new CopyOnWriteArrayList<>();

    private interface Use {
        void with(Rig rig, Socket agent) throws Exception;
    }

    private void through(Upstream.Talk talk, Use use) throws Exception {
        try (Upstream upstream = new Upstream(talk);
                Rig rig = Rig.plan()
                        .looker(new SpendDesk())
                        .route(HOST, upstream.port())
                        .start();
                Socket agent = rig.connect(Rig.to(HOST, 80), INSPECTED)) {
            use.with(rig, agent);
        }
    }

    /** Answers requests whose bodies have a declared length or come in one chunk. */
    private void server(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        while (true) {
            String head = until(in, "\r\n\r\n");
            if (head.isEmpty()) {
                return;
            }
            int at = head.indexOf("Content-Length: ");
            int length = at < 0 ? 0 : Integer.parseInt(head.substring(at + 16, head.indexOf("\r\n", at)));
            String body = head.contains("chunked")
                    ? until(in, "0\r\n\r\n")
                    : new String(in.readNBytes(length), StandardCharsets.US_ASCII);
            happened.add(head.substring(0, head.indexOf(" HTTP")) + " " + body);
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static String until(InputStream in, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            text.append((char) next);
        }
        return text.toString();
    }

    private static void send(Socket agent, String method, String target, String fields, String body)
            throws IOException {
        agent.getOutputStream()
                .write((method + " " + target + " HTTP/1.1\r\nHost: " + HOST + "\r\n" + fields + "Content-Length: "
                                + body.length() + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private static void pay(Socket agent, String body) throws IOException {
        send(agent, "POST", "/v1/charges", "Content-Type: application/x-www-form-urlencoded\r\n", body);
    }

    private Act.Spend yes(Asked asked) throws IOException {
        Act.Spend act = (Act.Spend) asked.holding().act();
        happened.add("yes");
        asked.yes();
        return act;
    }

    @Test
    void nothingGoesOnBeforeAYesWhichHoldsForTheseBytesAlone() throws Exception {
        through(this::server, (rig, agent) -> {
            pay(agent, PAY);
            Act.Spend act = yes(rig.monitor.question());
            assertThat(act.provider() + " " + act.operation() + " " + act.price() + " " + act.details())
                    .isEqualTo("stripe charges.create 20 EUR [amount=2000, currency=eur, customer=c]");
            assertThat(act.target()).isEqualTo("/v1/charges");
            assertThat(act.size()).isEqualTo(PAY.length());
            assertThat(until(agent.getInputStream(), "done")).startsWith("HTTP/1.1 200");
            pay(agent, PAY);
            assertThat(yes(rig.monitor.question())).isEqualTo(act);
            assertThat(until(agent.getInputStream(), "done")).startsWith("HTTP/1.1 200");
            pay(agent, PAY.replace("2000", "2001"));
            Act.Spend other = yes(rig.monitor.question());
            assertThat(other.content()).isNotEqualTo(act.content());
            assertThat(until(agent.getInputStream(), "done")).startsWith("HTTP/1.1 200");
            assertThat(rig.monitor.entries())
                    .filteredOn(entry -> entry.body() instanceof Body.Spend)
                    .hasSize(6);
        });
        String call = "POST /v1/charges " + PAY;
        assertThat(happened).containsExactly("yes", call, "yes", call, "yes", call.replace("2000", "2001"));
    }

    @Test
    void aNoIsAnAnswerAndTheConnectionGoesOn() throws Exception {
        through(this::server, (rig, agent) -> {
            pay(agent, PAY);
            rig.monitor.question().no();
            assertThat(until(agent.getInputStream(), "}\n"))
                    .startsWith("HTTP/1.1 403")
                    .contains("she said no");
        });
        assertThat(happened).isEmpty();
    }

    @Test
    void whatCostsNothingGoesOnAsItComes() throws Exception {
        through(this::server, (rig, agent) -> {
            send(agent, "GET", "/v1/charges", "", "");
            assertThat(until(agent.getInputStream(), "done")).startsWith("HTTP/1.1 200");
            send(agent, "POST", "/v1/customers", "", "name=Ada");
            assertThat(until(agent.getInputStream(), "done")).startsWith("HTTP/1.1 200");
        });
        assertThat(happened).containsExactly("GET /v1/charges ", "POST /v1/customers name=Ada");
    }

    @Test
    void chunksAndCallsWithoutABodyWaitToo() throws Exception {
        through(this::server, (rig, agent) -> {
            agent.getOutputStream()
                    .write(("POST /v1/payouts HTTP/1.1\r\nHost: " + HOST + "\r\nTransfer-Encoding: chunked\r\n\r\n"
                                    + "5\r\namoun\r\n3\r\nt=5\r\n0\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(yes(rig.monitor.question()).size()).isEqualTo(8);
            assertThat(until(agent.getInputStream(), "done")).startsWith("HTTP/1.1 200");
            send(agent, "POST", "/v1/invoices/in_1/pay", "", "");
            assertThat(yes(rig.monitor.question()).operation()).isEqualTo("invoices.pay");
            assertThat(until(agent.getInputStream(), "done")).startsWith("HTTP/1.1 200");
        });
        assertThat(happened).hasSize(4).element(1).asString().contains("amoun", "t=5");
        assertThat(happened.getLast()).isEqualTo("POST /v1/invoices/in_1/pay ");
    }

    @Test
    void aLargeBodyIsHeldWhole() throws Exception {
        String large = PAY + "&metadata[a]=" + "all of it, ".repeat(10_000);
        through(this::server, (rig, agent) -> {
            pay(agent, large);
            assertThat(yes(rig.monitor.question()).size()).isEqualTo(large.length());
            assertThat(until(agent.getInputStream(), "done")).startsWith("HTTP/1.1 200");
        });
        assertThat(happened).containsExactly("yes", "POST /v1/charges " + large);
    }

    @Test
    void overHttp2OneCallWaitsAndOthersDoNot() throws Exception {
        Upstream.Talk talk = socket -> {
            Http2Frames server = Http2Frames.server(socket);
            while (true) {
                Frame frame = server.read();
                if (frame.type() == HEADERS) {
                    happened.add(
                            frame.fields().get(":method") + " " + frame.fields().get(":path"));
                }
                if (frame.type() == DATA) {
                    happened.add(frame.text());
                }
                if (frame.ends()) {
                    server.headers(frame.stream(), true, ":status", "200");
                }
            }
        };
        through(talk, (rig, socket) -> {
            Http2Frames agent = Http2Frames.client(socket);
            agent.headers(1, false, asking("POST", "/v1/charges"));
            agent.data(1, false, "amount=1&");
            agent.data(1, true, "currency=eur");
            Asked asked = rig.monitor.question();
            agent.headers(3, true, asking("GET", "/v1/charges"));
            assertThat(agent.until(HEADERS, 3).fields()).isEqualTo(Map.of(":status", "200"));
            assertThat(happened).containsExactly("GET /v1/charges");
            assertThat(yes(asked).price()).isEqualTo("0.01 EUR");
            assertThat(agent.until(HEADERS, 1).fields()).isEqualTo(Map.of(":status", "200"));
            agent.headers(5, true, asking("POST", "/v1/invoices/in_1/pay"));
            rig.monitor.question().no();
            assertThat(agent.until(HEADERS, 5).fields()).containsEntry(":status", "403");
        });
        assertThat(String.join(" ", happened)).isEqualTo("GET /v1/charges yes POST /v1/charges amount=1&currency=eur");
    }

    private static String[] asking(String method, String path) {
        return new String[] {":method", method, ":scheme", "http", ":authority", HOST, ":path", path};
    }
}
