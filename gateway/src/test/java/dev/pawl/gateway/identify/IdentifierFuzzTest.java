package dev.pawl.gateway.identify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever comes, in whatever pieces: an answer, always the same one, in bounded time. */
@Timeout(60)
class IdentifierFuzzTest {
    private static final String[] SEEDS = {
        Talk.head("GET / HTTP/1.1", "Host: a.example"),
        Talk.head("POST /x HTTP/1.1", "Host: a", "Content-Length: 40")
                + "{\"id\":1,\"method\":\"getwork\",\"params\":[]}",
        Talk.head("CONNECT b:22 HTTP/1.1", "Host: b:22") + "SSH-2.0-x\r\n",
        Talk.head("GET /c HTTP/1.1", "Host: a", "Upgrade: websocket", "Sec-WebSocket-Protocol: chisel-v3"),
        "SSH-2.0-OpenSSH_9.2\r\n",
        "hello\nSSH-2.0-OpenSSH_9.2\r\n",
        "{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"a\",\"\\u0041\"]}\n",
        "[{\"id\":1,\"method\":\"login\",\"params\":{\"login\":\"a\",\"pass\":\"x\",\"agent\":\"xmrig\"}}]",
        "{\"result\":{\"job\":{\"blob\":\"0\",\"job_id\":\"1\",\"target\":\"2\"}}}\n",
        Talk.hex("16030100a5010000a10303") + "R".repeat(32) + Talk.hex("00000213010100007600000010000e00000b")
                + "pool.exampl",
        Talk.hex("050100"),
        Talk.hex("0500"),
        Talk.hex("04010050000000010062 6f 78 00".replace(" ", "")),
        Talk.hex("0000000804d2162f"),
        Talk.hex("4a0000000a") + "8.0.36\u0000",
        Talk.hex("0300001308e000000000000100080003000000"),
        Talk.hex("101000044d515454"),
        "220 mail ESMTP\r\n",
        "EHLO box\r\n",
        "+OK POP3\r\n",
        "* OK IMAP4rev1\r\n",
        "a1 LOGIN a b\r\n",
        "*1\r\n$4\r\nPING\r\n",
        "+PONG\r\n",
        "0032git-upload-pack /a.git\u0000host=b\u0000",
        "RFB 003.008\n",
        Talk.hex("001c000001000001000000000000076578616d706c6503636f6d0000010001"),
        Talk.hex("000100010000000100000000") + Talk.hex("000000000000000100000030") + "o",
        "{\"Hello\":7835}\u0000",
        "sh-5.1$ ",
        "id\n",
        "uid=0(root) gid=0(root)\n",
        Talk.hex("810568656c6c6f"),
        "PROXY TCP4 1.2.3.4 5.6.7.8 1 22\r\n",
    };

    @Test
    void piecesChangeNothing() {
        Random random = new Random(20_261_125);
        for (int round = 0; round < 3_000; round++) {
            Talk talk = talk(random);
            Identity whole = talk.identity();
            for (int again = 0; again < 4; again++) {
                assertThat(talk.cut(random)).as("%s", talk).isEqualTo(whole);
            }
        }
    }

    @Test
    void datagramsOfAnyBytesHaveAnAnswer() {
        Random random = new Random(5);
        for (int round = 0; round < 100_000; round++) {
            Datagrams identifier = new Datagrams();
            byte[] bytes = bytes(random);
            var _ = identifier.take(random.nextBoolean() ? Way.OUT : Way.IN, bytes, bytes.length);
            assertThat(identifier.identity()).isNotNull();
        }
    }

    /** The worst an agent can do is to send byte by byte what has to be listened to. */
    @Test
    void byteByByteItStaysCheap() {
        List<String> hostile = List.of(
                "{\"a\":".repeat(1_000),
                "[".repeat(5_000),
                "[[1,".repeat(1_500),
                "\n{".repeat(2_500),
                Talk.head("POST / HTTP/1.1", "Transfer-Encoding: chunked") + "1\r\n{\r\n".repeat(1_000),
                Talk.lines("GET / HTTP/1.1") + "a: b\r\n".repeat(1_000),
                Talk.hex("160301000101").repeat(900),
                "a b\n".repeat(1_200));
        for (String text : hostile) {
            Identifier identifier = new Identifier();
            long start = System.nanoTime();
            for (int i = 0; i < text.length() && !identifier.settled(); i++) {
                var _ = identifier.take(Way.OUT, new byte[] {(byte) text.charAt(i)}, 0, 1);
            }
            assertThat((System.nanoTime() - start) / 1e9)
                    .as(text.substring(0, 6))
                    .isLessThan(5);
            assertThat(identifier.wanted(Way.OUT)).isZero();
        }
    }

    @Test
    void nothingIsUnknown() {
        Identifier identifier = new Identifier();
        identifier.end();
        assertThat(identifier.identity()).isEqualTo(Identity.UNKNOWN);
        assertThat(identifier.wanted(Way.OUT)).isZero();
    }

    @Test
    void detailsAreBoundedAndPrintable() {
        String long_ = "x".repeat(2_000);
        Identity http = Talk.out(Talk.head(
                        "GET / HTTP/1.1", "Host: a", "Upgrade: websocket", "Sec-WebSocket-Protocol: \u0001" + long_))
                .identity();
        assertThat(http.details().subprotocol()).hasSize(Details.LIMIT).startsWith("?x");
        assertThat(Talk.in("SSH-2.0-" + long_ + "\r\n").identity().details().banner())
                .hasSize(Details.LIMIT);
    }

    private static Talk talk(Random random) {
        Talk talk = new Talk();
        int turns = 1 + random.nextInt(4);
        for (int turn = 0; turn < turns; turn++) {
            String text = text(random);
            talk = random.nextBoolean() ? talk.andOut(text) : talk.andIn(text);
        }
        return talk;
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int part = 1 + random.nextInt(3); part > 0; part--) {
            text.append(SEEDS[random.nextInt(SEEDS.length)]);
        }
        for (int flips = random.nextInt(3); flips > 0; flips--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.setCharAt(at, (char) random.nextInt(256));
                case 1 -> text.insert(at, (char) random.nextInt(256));
                default -> text.deleteCharAt(at);
            }
        }
        return text.isEmpty() ? "x" : text.toString();
    }

    private static byte[] bytes(Random random) {
        List<Byte> list = new ArrayList<>();
        String text = text(random);
        for (int i = random.nextInt(text.length()); i < text.length(); i++) {
            list.add((byte) text.charAt(i));
        }
        byte[] bytes = new byte[list.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = list.get(i);
        }
        return bytes;
    }
}
