package dev.pawl.gateway.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Attempt;
import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Egress;
import dev.pawl.core.Holding;
import dev.pawl.core.Monitor;
import dev.pawl.core.ProcessInfo;
import dev.pawl.core.Protocol;
import dev.pawl.core.Terms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Between two channels that are nothing but memory: what the agent sends, and what of it reaches the server. */
class Http1Test {
    private static final String GET = "GET /repos/a HTTP/1.1\r\nHost: api.example\r\n\r\n";

    private final List<Body.Http> recorded = new ArrayList<>();
    private final List<String> judged = new ArrayList<>();
    private final EmbeddedChannel agent = new EmbeddedChannel();
    private final EmbeddedChannel server = new EmbeddedChannel();
    private final Standstill standstill = new Standstill();
    private OptionalLong upload = OptionalLong.empty();
    private int ended;

    /** Allows what lies below /repos, and records. */
    private final Monitor monitor = new Monitor() {
        @Override
        public Judged judge(Attempt attempt, @Nullable ProcessInfo process) {
            throw new UnsupportedOperationException("requests may wait");
        }

        @Override
        public Verdict judge(Attempt attempt, ProcessInfo process, @Nullable String cause, Holding holding) {
            Attempt.Request request = (Attempt.Request) attempt;
            boolean open =
                    request.path().startsWith("/repos/") || request.path().startsWith("/repos%2F");
            judged.add(request.path());
            Decision decision = open ? Decision.allow("r", "open") : Decision.deny("default", null, "not granted");
            return new Verdict(new Judged(decision, "e"), Optional.empty());
        }

        @Override
        public String record(
                Body body, @Nullable ProcessInfo process, @Nullable String cause, @Nullable Decision decision) {
            if (body instanceof Body.Http http) {
                recorded.add(http);
            }
            return "e";
        }
    };

    private final Traffic traffic = new Traffic() {
        @Override
        public int allowance(int wanted) {
            return wanted;
        }

        @Override
        public void sent(int bytes) {}

        @Override
        public void received(int bytes) {}

        @Override
        public void spent() {
            throw new AssertionError("there is no budget");
        }
    };

    private Http1 http() throws Exception {
        ProcessInfo process = new ProcessInfo(1, 0, "/usr/bin/curl", List.of("curl"), "/", "dev");
        Egress.Passage passage = new Egress.Passage(
                new Attempt.Connect(
                        Attempt.Transport.TCP,
                        Optional.of("api.example"),
                        InetAddress.getByAddress(new byte[] {(byte) 198, 18, 0, 1}),
                        443),
                new Terms(Protocol.TLS),
                process,
                new Monitor.Judged(Decision.allow("g", "granted"), "c"),
                Optional.empty());
        Setting setting = new Setting(
                agent.eventLoop(),
                new Desk(monitor, Runnable::run, agent.eventLoop()),
                (_, _) -> "next",
                List.of(),
                passage,
                "f",
                new Authority("api.example", 443, 443),
                "https",
                upload,
                Limits.USUAL,
                standstill,
                () -> true);
        return new Http1(setting, traffic, new Peer(agent), new Peer(server), () -> ended++);
    }

    private void say(Http1 http, String text) {
        http.agent(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
        settle();
    }

    private void answer(Http1 http, String text) {
        http.server(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
        settle();
    }

    private void settle() {
        for (int i = 0; i < 4; i++) {
            agent.runPendingTasks();
        }
    }

    private static String read(EmbeddedChannel channel) {
        StringBuilder text = new StringBuilder();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            text.append(part.toString(StandardCharsets.ISO_8859_1));
            part.release();
        }
        return text.toString();
    }

    @Test
    void passesRequestsAndAnswersOneAfterTheOther() throws Exception {
        Http1 http = http();
        say(http, GET + GET.replace("/a", "/b"));
        assertThat(read(server)).startsWith("GET /repos/a HTTP/1.1\r\n").doesNotContain("/repos/b");
        answer(http, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
        assertThat(read(agent)).isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
        assertThat(read(server)).startsWith("GET /repos/b HTTP/1.1\r\n");
        answer(http, "HTTP/1.1 204 No Content\r\n\r\n");
        answer(http, "");
        assertThat(recorded).extracting(Body.Http::status).contains(200);
    }

    @Test
    void anAnswerWithoutABodyEndsAtOnce() throws Exception {
        Http1 http = http();
        say(http, GET);
        answer(http, "HTTP/1.1 204 No Content\r\n\r\n");
        say(http, GET.replace("/a", "/b"));
        assertThat(read(server)).contains("/repos/a").contains("/repos/b");
    }

    @Test
    void aDeniedRequestLeavesTheConnectionUsable() throws Exception {
        Http1 http = http();
        say(http, GET.replace("/repos/a", "/secret"));
        assertThat(read(server)).isEmpty();
        assertThat(read(agent))
                .startsWith("HTTP/1.1 403 ")
                .contains("not granted")
                .doesNotContain("Connection: close");
        say(http, GET);
        assertThat(read(server)).startsWith("GET /repos/a");
    }

    @Test
    void anEncodedSlashIsJudgedAsBothKindsOfServersReadIt() throws Exception {
        Http1 http = http();
        say(http, GET.replace("/repos/a", "/repos%2fa"));
        assertThat(judged).containsExactly("/repos/a", "/repos%2Fa");
        assertThat(read(server)).startsWith("GET /repos%2fa HTTP/1.1");
        answer(http, "HTTP/1.1 204 No Content\r\n\r\n");
        for (String target : List.of("/secret%2frepos", "/repos2%2Fa")) {
            say(http, GET.replace("/repos/a", target));
            assertThat(read(server)).as(target).isEmpty();
            assertThat(read(agent)).as(target).contains("HTTP/1.1 403 ");
        }
    }

    @Test
    void aDeniedBodyNeverReachesTheServer() throws Exception {
        Http1 http = http();
        say(http, "POST /secret HTTP/1.1\r\nHost: api.example\r\nContent-Length: 5\r\n\r\nhello");
        assertThat(read(server)).isEmpty();
        assertThat(read(agent)).startsWith("HTTP/1.1 403 ").contains("Connection: close");
        say(http, GET);
        assertThat(read(server)).isEmpty();
    }

    @Test
    void aBodyBeyondTheLimitIsBrokenOff() throws Exception {
        upload = OptionalLong.of(8);
        Http1 http = http();
        say(http, "POST /repos/a HTTP/1.1\r\nHost: api.example\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
        say(http, "5\r\nworld\r\n0\r\n\r\n");
        assertThat(read(server)).contains("hello").doesNotContain("world").doesNotContain("0\r\n\r\n");
        assertThat(read(agent)).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void whatCouldBeReadInTwoWaysIsRefusedAndNothingOfItGoesOn() throws Exception {
        String host = "Host: api.example\r\n";
        for (String request : List.of(
                "POST /repos/a HTTP/1.1\r\n" + host
                        + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /repos/a HTTP/1.1\r\n" + host + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
                "POST /repos/a HTTP/1.1\r\n" + host + "Content-Length: +3\r\n\r\nabc",
                "POST /repos/a HTTP/1.1\r\n" + host + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "POST /repos/a HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                "POST /repos/a HTTP/1.1\r\n" + host + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "GET /repos/a HTTP/1.1\r\n" + host + "X: a\r\n b\r\n\r\n",
                "GET /repos/a HTTP/1.1\r\n" + host + "X: a\rY: b\r\n\r\n",
                "GET /repos/a HTTP/1.1\nHost: api.example\n\n",
                "GET /repos/a HTTP/1.1\r\n\r\n",
                "GET /repos/a HTTP/1.1\r\n" + host + host + "\r\n",
                "GET /repos/a HTTP/1.1\r\nHost: other.example\r\n\r\n",
                "GET https://other.example/repos/a HTTP/1.1\r\n" + host + "\r\n",
                "GET /repos/../secret HTTP/1.1\r\n" + host + "\r\n",
                "GET /repos/%2e%2e/secret HTTP/1.1\r\n" + host + "\r\n",
                "GET /repos/..%2fsecret HTTP/1.1\r\n" + host + "\r\n",
                "GET /repos//secret HTTP/1.1\r\n" + host + "\r\n",
                "GET /repos/\\secret HTTP/1.1\r\n" + host + "\r\n",
                "GET /repos/%252e%252e/secret HTTP/1.1\r\n" + host + "\r\n",
                "CONNECT api.example:443 HTTP/1.1\r\n" + host + "\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "GET /repos/a HTTP/1.1\r\n" + host + "Connection: host\r\n\r\n",
                "GET /repos/a\r\n\r\n",
                "GET /repos/a HTTP/1.1\r\n" + host + "X: " + "x".repeat(70_000) + "\r\n\r\n",
                "GET /repos/" + "x".repeat(20_000) + " HTTP/1.1\r\n" + host + "\r\n")) {
            Http1Test each = new Http1Test();
            Http1 http = each.http();
            each.say(http, request);
            String shown = request.substring(0, Math.min(90, request.length()));
            assertThat(read(each.server)).as(shown).isEmpty();
            assertThat(read(each.agent)).as(shown).startsWith("HTTP/1.1 4");
        }
    }

    @Test
    void trailersFrameAndAddressNothing() throws Exception {
        for (String trailer : List.of("Content-Length: 3", "Host: other.example", "transfer-encoding: chunked")) {
            Http1Test each = new Http1Test();
            Http1 http = each.http();
            each.say(
                    http,
                    "POST /repos/a HTTP/1.1\r\nHost: api.example\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + trailer
                            + "\r\n\r\n");
            assertThat(read(each.server)).as(trailer).doesNotContain(trailer).doesNotContain("0\r\n");
            assertThat(read(each.agent)).as(trailer).startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void aServerThatSpeaksUnaskedOrNonsenseIsNotBelieved() throws Exception {
        for (String answer : List.of(
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                "SSH-2.0-x\r\n\r\n",
                "HTTP/1.1 200 OK\nX: without CR\n\n",
                "HTTP/1.1 200 OK\r\nX : y\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX: " + "x".repeat(70_000),
                "HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
                "HTTP/1.1 20 OK\r\n\r\n")) {
            Http1Test each = new Http1Test();
            Http1 http = each.http();
            each.say(http, GET);
            each.answer(http, answer);
            assertThat(read(each.agent)).as(answer).startsWith("HTTP/1.1 502 ");
            assertThat(each.recorded).as(answer).extracting(Body.Http::status).containsExactly(502);
        }
        Http1 http = http();
        answer(http, "HTTP/1.1 200 OK\r\n\r\n");
        assertThat(ended).isEqualTo(1);
        assertThat(agent.isActive()).isFalse();
    }

    @Test
    void webSocketsPassOnceBothAgreed() throws Exception {
        Http1 http = http();
        say(
                http,
                "GET /repos/ws HTTP/1.1\r\nHost: api.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n");
        assertThat(read(server)).contains("Upgrade: websocket");
        answer(http, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nfrom");
        assertThat(read(agent)).startsWith("HTTP/1.1 101 ").endsWith("from");
        say(http, "to");
        assertThat(read(server)).isEqualTo("to");
    }

    @Test
    void whatAWebSocketSendsIsNoUpload() throws Exception {
        upload = OptionalLong.of(4);
        Http1 http = http();
        say(
                http,
                "GET /repos/ws HTTP/1.1\r\nHost: api.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n");
        answer(http, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
        read(server);
        say(http, "more than four");
        assertThat(read(server)).isEqualTo("more than four");
    }

    /** What a request gets whose server closes before it answers; the first of a connection, or the second. */
    private static Http1Test closedUnder(String request, boolean first, String before) throws Exception {
        Http1Test each = new Http1Test();
        Http1 http = each.http();
        if (!first) {
            each.say(http, GET);
            each.answer(http, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
            read(each.agent);
        }
        each.say(http, request);
        if (!before.isEmpty()) {
            each.answer(http, before);
        }
        http.serverClosed();
        each.settle();
        return each;
    }

    @Test
    void aServerThatDropsAnIdleConnectionUnderARequestLetsTheClientAskAgain() throws Exception {
        Http1Test dropped = closedUnder(GET, false, "");
        assertThat(read(dropped.agent)).isEmpty();
        assertThat(dropped.agent.isActive()).isFalse();
        assertThat(dropped.recorded).extracting(Body.Http::status).containsExactly(200, null);
        String post = "POST /repos/a HTTP/1.1\r\nHost: api.example\r\nContent-Length: 2\r\n\r\nab";
        for (Http1Test told : List.of(
                closedUnder(GET, true, ""), closedUnder(post, false, ""), closedUnder(GET, false, "HTTP/1.1 2"))) {
            assertThat(read(told.agent)).startsWith("HTTP/1.1 502 ");
            assertThat(told.recorded.getLast().status()).isEqualTo(502);
        }
    }

    @Test
    void whatAServerSaidBeforeItClosedReachesASlowAgent() throws Exception {
        for (String head : List.of("Content-Length: 5\r\nConnection: close\r\n", "")) {
            Http1Test each = new Http1Test();
            Http1 http = each.http();
            each.say(http, GET);
            each.takes(false);
            each.answer(http, "HTTP/1.1 200 OK\r\n" + head + "\r\nhello");
            http.serverClosed();
            assertThat(each.ended).isZero();
            each.takes(true);
            http.pump();
            each.settle();
            assertThat(read(each.agent)).as(head).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\nhello");
            assertThat(each.ended).isEqualTo(1);
            assertThat(each.recorded).extracting(Body.Http::received).containsExactly(5L);
        }
    }

    @Test
    void whoNeverReadsTheRestKeepsNothingOpenAndACutReachesItToo() throws Exception {
        for (boolean cut : new boolean[] {true, false}) {
            Http1Test each = new Http1Test();
            Http1 http = each.http();
            each.say(http, GET);
            each.agent.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
                @Override
                public void flush(ChannelHandlerContext context) {}
            });
            each.answer(http, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello");
            assertThat(each.ended).isZero();
            if (cut) {
                http.abort();
            } else {
                each.agent.advanceTimeBy(Limits.USUAL.head().toMillis(), TimeUnit.MILLISECONDS);
                each.agent.runScheduledPendingTasks();
            }
            assertThat(each.ended).isEqualTo(1);
            assertThat(each.agent.isActive()).isFalse();
        }
    }

    @Test
    void anAnswerThatIsNotWholeIsSeenToBeCutWhenTheAgentReadsOn() throws Exception {
        Http1 http = http();
        say(http, GET);
        takes(false);
        answer(http, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello");
        http.serverClosed();
        takes(true);
        http.pump();
        assertThat(read(agent)).endsWith("hello");
        assertThat(ended).isEqualTo(1);
    }

    @Test
    void anAnswerBeforeTheWholeRequestCanBeReadWhileTheAgentStillSends() throws Exception {
        Http1 http = http();
        say(http, "POST /repos/a HTTP/1.1\r\nHost: api.example\r\nContent-Length: 99\r\n\r\nhello");
        answer(http, "HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno");
        assertThat(read(agent)).startsWith("HTTP/1.1 413 ").contains("Connection: close");
        assertThat(agent.isActive()).isTrue();
        assertThat(server.isActive()).isFalse();
        say(http, "more that is thrown away");
        agent.advanceTimeBy(Limits.USUAL.farewell().toMillis(), TimeUnit.MILLISECONDS);
        agent.runScheduledPendingTasks();
        assertThat(ended).isEqualTo(1);
    }

    /** Whether the agent takes more bytes. */
    private void takes(boolean more) {
        Objects.requireNonNull(agent.unsafe().outboundBuffer()).setUserDefinedWritability(1, more);
    }

    @Test
    void nothingMovesWhileTheRunStandsStill() throws Exception {
        Http1 http = http();
        standstill.set(true);
        say(http, GET);
        assertThat(read(server)).isEmpty();
        standstill.set(false);
        http.pump();
        settle();
        assertThat(read(server)).startsWith("GET /repos/a");
    }

    @Test
    void whateverIsSentOnlyGrantedRequestsReachTheServer() throws Exception {
        Random random = new Random(17);
        String sample =
                "POST /repos/a HTTP/1.1\r\nHost: api.example\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
                        + GET;
        for (int round = 0; round < 3_000; round++) {
            byte[] bytes = sample.getBytes(StandardCharsets.ISO_8859_1);
            for (int change = random.nextInt(5); change > 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Http1Test each = new Http1Test();
            Http1 http = each.http();
            int at = 0;
            while (at < bytes.length) {
                int to = Math.min(bytes.length, at + 1 + random.nextInt(40));
                http.agent(Unpooled.copiedBuffer(bytes, at, to - at));
                each.settle();
                at = to;
            }
            String reached = read(each.server);
            assertThat(reached).matches(text -> text.isEmpty() || text.matches("(?s)[!-~]{1,32} /repos/.*"));
            http.abort();
            assertThat(each.ended).isEqualTo(1);
        }
    }
}
