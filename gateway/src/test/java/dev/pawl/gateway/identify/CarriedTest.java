package dev.pawl.gateway.identify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SSH where only HTTP passes: in bodies, and by way of the relay of Node that is called wstunnel. */
class CarriedTest {
    private static final String BANNER = "SSH-2.0-OpenSSH_9.2\r\n";
    private static final String PACKET = "\u0000\u0000\u0004\u001c\n\u0014";
    private static final String POST =
            Talk.head("POST /index.html?crap=1700000000 HTTP/1.1", "Host: a", "Content-Length: 102400");
    private static final String ANSWER = Talk.head("HTTP/1.1 200 OK", "Content-Length: 102400");

    @ParameterizedTest
    @ValueSource(
            strings = {"\u0001\u0000\u0001*\u0002\u0000\u0015" + BANNER, "\u0002\u0000\u0015" + BANNER, BANNER + PACKET
            })
    void bodiesCarryIt(String body) {
        Talk sent = Talk.out(POST + body).andIn(ANSWER);
        Talk received =
                Talk.out(Talk.head("GET /index.html HTTP/1.1", "Host: a")).andIn(ANSWER + body);
        Random random = new Random(5);
        for (Talk talk : new Talk[] {sent, received}) {
            assertThat(talk.identity())
                    .extracting(Identity::protocol, Identity::over)
                    .containsExactly("ssh", "http");
            for (int round = 0; round < 50; round++) {
                assertThat(talk.cut(random)).isEqualTo(talk.identity());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {BANNER, "banner: " + BANNER, BANNER + "is what it says", "\u0001\u0002\u0003" + BANNER + "x"})
    void bodiesThatQuoteItDoNot(String body) {
        assertThat(Talk.out(POST + body).andIn(ANSWER + body).identity().protocol())
                .isEqualTo("http");
    }

    @Test
    void theRelayOfNodeIsNamedUnlessItCarriesSsh() {
        Talk relay = socket("/?dst=127.0.0.1:5432", "X-WstClient: 1");
        assertThat(relay.identity())
                .extracting(Identity::protocol, Identity::over)
                .containsExactly("wstunnel", "websocket");
        assertThat(relay.andIn("\u0082\u0015" + BANNER).identity().protocol()).isEqualTo("ssh");
        assertThat(socket("/feed", "X-Other: 1").identity().protocol()).isEqualTo("websocket");
    }

    /** The answer to an earlier request says nothing of a later one. */
    @Test
    void aConnectionThatIsKeptIsListenedToAfterEarlierAnswers() {
        String connect = Talk.head("CONNECT a:22 HTTP/1.1", "Host: a:22");
        String granted = Talk.head("HTTP/1.1 200 OK");
        String page = Talk.head("GET / HTTP/1.1", "Host: a");
        String upgrade = Talk.head("GET / HTTP/1.1", "Host: a", "Connection: Upgrade", "Upgrade: websocket");
        String switched = Talk.head("HTTP/1.1 101 Switching Protocols", "Upgrade: websocket");
        Talk[] talks = {
            Talk.out(connect)
                    .andIn(Talk.head("HTTP/1.1 407 No", "Content-Length: 2") + "no")
                    .andOut(connect)
                    .andIn(granted + BANNER),
            Talk.out(page)
                    .andIn(Talk.head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked") + Talk.lines("2", "hi", "0", ""))
                    .andOut(upgrade)
                    .andIn(switched + "\u0082\u0015" + BANNER),
            Talk.out(page.replace("GET", "HEAD"))
                    .andIn(Talk.head("HTTP/1.1 200 OK", "Content-Length: 9"))
                    .andOut(upgrade)
                    .andIn(Talk.head("HTTP/1.1 100 Continue") + switched + "\u0082\u0015" + BANNER),
            Talk.out(upgrade)
                    .andIn(Talk.head("HTTP/1.1 401 No", "Content-Length: 0"))
                    .andOut(upgrade)
                    .andIn(switched + "\u0082\u0015" + BANNER),
        };
        Random random = new Random(7);
        for (Talk talk : talks) {
            assertThat(talk.identity().protocol()).as(talk.toString()).isEqualTo("ssh");
            for (int round = 0; round < 50; round++) {
                assertThat(talk.cut(random)).isEqualTo(talk.identity());
            }
        }
        assertThat(Talk.out(connect)
                        .andIn(Talk.head("HTTP/1.1 403 No", "Content-Length: 2") + "no")
                        .andOut(page)
                        .andIn(granted)
                        .identity()
                        .protocol())
                .isEqualTo("http");
    }

    private static Talk socket(String target, String field) {
        return Talk.out(Talk.head(
                        "GET " + target + " HTTP/1.1",
                        "Host: a",
                        "Connection: Upgrade",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Key: x",
                        "Sec-WebSocket-Protocol: tunnel-protocol",
                        field))
                .andIn(Talk.head(
                        "HTTP/1.1 101 Switching Protocols",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Protocol: tunnel-protocol"));
    }
}
