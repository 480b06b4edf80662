package dev.pawl.gateway.identify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mining is found however it is written, and nothing else is taken for it. */
class StratumTest {
    private static final String SUBSCRIBE =
            "{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"cpuminer/2.5\"]}\n";

    private static final String MONERO = "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"login\",\"params\":{\"login\":\"4"
            + "8".repeat(94) + "\",\"pass\":\"x\",\"agent\":\"XMRig/6.21.0\",\"algo\":[\"rx/0\",\"cn/2\"]}}\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                SUBSCRIBE,
                "{\"id\": 1, \"method\": \"mining.authorize\", \"params\": [\"u.w\", \"x\"]}\n",
                "{\"params\":[],\"method\":\"mining.configure\",\"id\":\"a\"}\n",
                "{ \"method\"\n:\n\"mining.submit\" , \"params\" : [ ] , \"id\" : null }",
                "{\"id\":1,\"\\u006dethod\":\"\\u006dining.subscribe\",\"params\":[]}\n",
                "\r\n\n {\"id\":1,\"method\":\"MINING.SUBSCRIBE\",\"params\":[]}\n",
                "\u00ef\u00bb\u00bf{\"id\":1,\"method\":\"mining.subscribe\"}\n",
                "{\"id\":0,\"x\":{\"a\":[1,{\"b\":2}]},\"y\":[[[[[[[[[[1]]]]]]]]]],\"method\":\"mining.subscribe\"}\n",
                "[{\"id\":1,\"method\":\"ping\"},{\"id\":2,\"method\":\"mining.subscribe\",\"params\":[]}]\n",
                "{\"id\":1,\"method\":\"ping\"}{\"id\":2,\"method\":\"mining.authorize\",\"params\":[]}",
                "{\"id\":1,\"method\":\"ping\",\"method\":\"mining.subscribe\"}\n",
                "{\"id\":1,\"method\":\"mining.subscribe\",\"method\":\"ping\"}\n",
                "hello\n{\n{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[]}\n",
                "\u0000\u0001\u0002\n{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[]}\n",
                "{\"id\":1,\"method\":\"mining.hello\",\"params\":{\"agent\":\"m\",\"proto\":\"EthereumStratum/2.0.0\"}}\n",
                "{\"worker\":\"eth1.0\",\"jsonrpc\":\"2.0\",\"params\":[\"0x9c99\",\"x\"],\"id\":2,\"method\":\"eth_submitLogin\"}\n",
                "{\"id\":3,\"method\":\"eth_getWork\",\"params\":[]}\n",
                "{\"id\":4,\"method\":\"eth_submitWork\",\"params\":[\"0x1\",\"0x2\",\"0x3\"]}\n",
                "{\"id\":1,\"method\":\"getwork\",\"params\":[]}\n",
                "{\"id\":\"0\",\"jsonrpc\":\"2.0\",\"method\":\"login\",\"params\":{\"login\":\"l\",\"pass\":\"p\",\"agent\":\"grin-miner\"}}\n",
                "{\"id\":\"0\",\"jsonrpc\":\"2.0\",\"method\":\"getjobtemplate\",\"params\":null}\n",
                "{\"type\":\"submit\",\"params\":{\"job_id\":\"a\",\"nonce\":\"01\",\"result\":\"ff\"}}\n",
                "{\"id\":0,\"method\":\"mining.subscribe\",\"body\":{\"version\":1}}\n",
                "{\"id\":3,\"method\":\"mining.suggest.difficulty\",\"params\":[1024]}\n",
                "{\"id\":1,\"method\":\"miner-submit\",\"params\":[{\"payload\":\"x\",\"nonce\":2}]}\n",
                "{\"id\":1,\"method\":\"login\",\"params\":{\"login\":\"bob.rig\",\"pass\":\"x\",\"algo\":[\"cn/1\",\"rx/0\"]}}\n",
                "{\"id\":1,\"method\":\"login\",\"params\":{\"login\":\"bob\",\"agent\":\"XMRig/6.21\"}}\n",
                "{\"id\":1,\"method\":\"login\",\"params\":{\"user\":\"bob\",\"password\":\"x\",\"agent\":\"xmrig/6\"}}\n",
                "{\"id\":\"login\",\"jsonrpc\":\"2.0\",\"method\":\"login\",\"api_key\":\"abcdef0123456789\"}\n",
                "{\"type\":\"auth\",\"params\":{\"site_key\":\"k\",\"type\":\"anonymous\",\"user\":null,\"goal\":0}}\n",
                "{\"identifier\":\"handshake\",\"pool\":\"p.example:1\",\"login\":\"l\",\"password\":\"\",\"version\":7}\n",
            })
    void aClientThatMinesIsFound(String text) {
        Identity identity = Talk.out(text).identity();
        assertThat(identity.protocol()).isEqualTo("stratum");
        assertThat(identity.confidence()).isEqualTo(Confidence.CERTAIN);
        Random random = new Random(text.hashCode());
        for (int round = 0; round < 50; round++) {
            assertThat(Talk.out(text).cut(random)).isEqualTo(identity);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":null,\"method\":\"mining.notify\",\"params\":[\"j\",\"00\",true]}\n",
                "{\"id\":null,\"method\":\"mining.set_difficulty\",\"params\":[8]}\n",
                "{\"id\":1,\"result\":[[[\"mining.set_difficulty\",\"b4\"],[\"mining.notify\",\"ae\"]],\"08000002\",4],\"error\":null}\n",
                "{\"jsonrpc\":\"2.0\",\"method\":\"job\",\"params\":{\"blob\":\"0e0e\",\"job_id\":\"1\",\"target\":\"b88d0600\"}}\n",
                "{\"id\":1,\"result\":{\"id\":\"9\",\"job\":{\"blob\":\"0e\",\"job_id\":\"4\",\"target\":\"b8\"},\"status\":\"OK\"}}\n",
                "{\"type\":\"job\",\"params\":{\"job_id\":\"1\",\"blob\":\"07\",\"target\":\"ffffff00\"}}\n",
                "{\"id\":\"s\",\"jsonrpc\":\"2.0\",\"method\":\"job\",\"input\":\"ff\",\"difficulty\":471859200}\n",
            })
    void aPoolThatSpeaksFirstIsFound(String text) {
        assertThat(Talk.in(text).identity().protocol()).isEqualTo("stratum");
    }

    @Test
    void dialectsAreTold() {
        assertThat(Talk.out(SUBSCRIBE).identity().dialect()).isEqualTo("bitcoin");
        assertThat(Talk.out(MONERO).identity().dialect()).isEqualTo("monero");
        assertThat(Talk.out("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"m\",\"EthereumStratum/1.0.0\"]}\n")
                        .identity()
                        .dialect())
                .isEqualTo("ethereum-stratum");
    }

    /** A login that might be anybody's is told by its answer. */
    @Test
    void aLoginOfMoneroIsToldByItsAnswer() {
        String login = "{\"id\":1,\"method\":\"login\",\"params\":{\"login\":\"bob\",\"pass\":\"x\"}}\n";
        assertThat(Talk.out(login).identity().protocol()).isEqualTo("json-rpc");
        assertThat(Talk.out(login)
                        .andIn(
                                "{\"id\":1,\"result\":{\"id\":\"9\",\"job\":{\"blob\":\"0e\",\"job_id\":\"4\",\"target\":\"b8\"}}}\n")
                        .identity()
                        .protocol())
                .isEqualTo("stratum");
        assertThat(Talk.out(login)
                        .andIn("{\"id\":1,\"result\":{\"token\":\"9\"}}\n")
                        .identity()
                        .protocol())
                .isEqualTo("json-rpc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_getBlockByNumber\",\"params\":[\"latest\",false]}\n",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getbalance\",\"params\":[]}\n",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getmininginfo\",\"params\":[]}\n",
                "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"processId\":1}}\n",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"mining.subscribe\"}}\n",
                "{\"text\":\"send {\\\"method\\\":\\\"mining.subscribe\\\"} to the pool\"}\n",
                "{\"method\":\"login\",\"params\":{\"user\":\"bob\",\"password\":\"x\"},\"id\":1}\n",
                "{\"login\":\"bob\",\"pass\":\"x\",\"agent\":\"Mozilla/5.0\"}\n",
                "{\"id\":1,\"method\":\"mining.report\",\"params\":[]}\n",
                "{\"id\":1,\"method\":\"datamining.subscribe\",\"params\":[]}\n",
                "{\"id\":7,\"type\":\"job\",\"status\":\"done\",\"job_id\":\"b-1\",\"result\":\"ok\"}\n",
                "{\"job_id\":\"77\",\"nonce\":\"abcd\",\"hash\":\"ff00\",\"user\":\"bob\"}\n",
                "{\"id\":1,\"method\":\"submit\",\"params\":{\"job_id\":\"1\",\"nonce\":\"2\",\"result\":\"pass\"}}\n",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"login\",\"params\":{\"login\":\"bob@a.example\",\"pass\":\"x\",\"agent\":\"web/1.0\"}}\n",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"login\",\"params\":{\"login\":\"bob\",\"pass\":\"x\",\"agent\":\"Mozilla/5.0\"}}\n",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"login\",\"params\":{\"login\":\"bob\",\"pass\":\"x\",\"agent\":\"web\"}}\n",
                "{\"id\":0,\"method\":\"server.version\",\"params\":[\"Electrum 4.4\",\"1.4\"]}\n",
                "{\"id\":1,\"method\":\"blockchain.headers.subscribe\",\"params\":[]}\n",
                "{\"id\":1,\"method\":\"eth_sendRawTransaction\",\"params\":[\"0xf8\"]}\n",
                "the method is \"mining.subscribe\" and the params are []\n",
            })
    void whatOnlySpeaksOfItIsNot(String text) {
        assertThat(Talk.out(text).identity().protocol()).isNotEqualTo("stratum");
        assertThat(Talk.out(post(text)).identity().protocol()).isEqualTo("http");
    }

    @Test
    void requestsOfHttpAreListenedTo() {
        String work = "{\"id\":1,\"method\":\"getwork\",\"params\":[]}";
        assertThat(Talk.out(post(work)).identity()).satisfies(identity -> {
            assertThat(identity.protocol()).isEqualTo("stratum");
            assertThat(identity.over()).isEqualTo("http");
            assertThat(identity.details().host()).isEqualTo("pool.example");
        });
        String chunks = Talk.head("POST / HTTP/1.1", "Host: a", "Transfer-Encoding: chunked")
                + Talk.lines("5", "{\"id\"", "22;x", ":1,\"method\":\"getwork\",\"params\":[]}", "0", "");
        assertThat(Talk.out(chunks).identity().protocol()).isEqualTo("stratum");
        String later = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
        assertThat(Talk.out(later)
                        .andIn("HTTP/1.1 200 OK\r\n\r\n")
                        .andOut(post(work))
                        .identity()
                        .protocol())
                .isEqualTo("stratum");
        assertThat(Talk.out(later + SUBSCRIBE).identity().protocol()).isEqualTo("stratum");
        Random random = new Random(3);
        for (int round = 0; round < 100; round++) {
            assertThat(Talk.out(chunks).cut(random).protocol()).isEqualTo("stratum");
        }
    }

    /** A request that is no request, before a pool that passes over what it does not know. */
    @Test
    void aRequestBeforeItHidesNothing() {
        String post = Talk.head("POST / HTTP/1.1", "Host: a", "Content-Length: 9999") + "x\n";
        assertThat(Talk.out(post)
                        .andOut(SUBSCRIBE)
                        .andIn("{\"id\":1,\"result\":true}\n")
                        .identity()
                        .protocol())
                .isEqualTo("stratum");
        String trailer = Talk.head("POST / HTTP/1.1", "Host: a", "Transfer-Encoding: chunked")
                + Talk.lines("2", "{}", "0", "Checksum: 1", "");
        assertThat(Talk.out(trailer + trailer).identity()).satisfies(identity -> {
            assertThat(identity.protocol()).isEqualTo("http");
            assertThat(identity.dialect()).isNull();
        });
    }

    @Test
    void aPageThatTeachesItIsHttp() {
        assertThat(Talk.out("GET /stratum HTTP/1.1\r\nHost: wiki.example\r\n\r\n")
                        .andIn("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + SUBSCRIBE)
                        .identity()
                        .protocol())
                .isEqualTo("http");
        assertThat(Talk.out("PUT /notes HTTP/1.1\r\nHost: wiki.example\r\nContent-Length: 80\r\n\r\nA miner says\n"
                                + SUBSCRIBE)
                        .identity()
                        .protocol())
                .isEqualTo("http");
    }

    @Test
    void framesOfWebSocketsAreListenedTo() {
        Talk upgrade = Talk.out(Talk.head(
                        "GET /pool HTTP/1.1",
                        "Host: pool.example",
                        "Connection: Upgrade",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Key: x"))
                .andIn(Talk.head("HTTP/1.1 101 Switching Protocols", "Upgrade: websocket"));
        assertThat(upgrade.identity().protocol()).isEqualTo("websocket");
        assertThat(upgrade.andOut(masked(SUBSCRIBE.strip())).identity()).satisfies(identity -> {
            assertThat(identity.protocol()).isEqualTo("stratum");
            assertThat(identity.over()).isEqualTo("websocket");
        });
    }

    @Test
    void versionTwoIsSuspectedByItsShape() {
        Random random = new Random(11);
        Identity noise = Talk.out(noise(random, 64))
                .andIn(noise(random, 234))
                .andOut(noise(random, 70))
                .identity();
        assertThat(noise).isEqualTo(Identity.suspect("stratum").dialect("v2"));
        assertThat(Talk.out(noise(random, 64))
                        .andIn(noise(random, 200))
                        .andOut(noise(random, 70))
                        .identity())
                .isEqualTo(Identity.UNKNOWN);
        assertThat(Talk.out(noise(random, 65)).andIn(noise(random, 234)).identity())
                .isEqualTo(Identity.UNKNOWN);
        String body =
                "\u0000\u0002\u0000\u0002\u0000\u0000\u0000\u0000\u0000\u0004pool\u000e\u0012\u0001a\u0001b\u0001c\u0001d";
        assertThat(Talk.out("\u0000\u0000\u0000" + (char) body.length() + "\u0000\u0000" + body)
                        .identity())
                .isEqualTo(Identity.suspect("stratum").dialect("v2"));
    }

    static String post(String body) {
        return "POST /api HTTP/1.1\r\nHost: pool.example\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    private static String masked(String text) {
        StringBuilder frame = new StringBuilder("\u0081").append((char) (0x80 | Math.min(126, text.length())));
        if (text.length() >= 126) {
            frame.append((char) (text.length() >> 8)).append((char) (text.length() & 0xff));
        }
        String mask = "\u0011\u0012\u0013\u0014";
        frame.append(mask);
        for (int i = 0; i < text.length(); i++) {
            frame.append((char) (text.charAt(i) ^ mask.charAt(i % 4)));
        }
        return frame.toString();
    }

    private static String noise(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) random.nextInt(256));
        }
        return text.toString();
    }
}
