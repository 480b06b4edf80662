package dev.pawl.gateway.identify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What begins as HTTP, told as early as it can be. */
class HttpOpeningTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n",
                "POST /v1/responses HTTP/1.1\r\n",
                "OPTIONS * HTTP/1.1\r\n",
                "GET http://files.example/ HTTP/1.1\r\n",
                "CONNECT files.example:443 HTTP/1.1\r\n",
                "BASELINE-CONTROL /x HTTP/1.1\r\n",
                "GET                / HTTP/1.1\r\n"
            })
    void httpIsKnownByteByByte(String text) {
        assertThat(told(text)).isEqualTo(HttpOpening.HTTP_1);
    }

    @Test
    void thePrefaceOfHttp2IsKnown() {
        assertThat(told("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")).isEqualTo(HttpOpening.HTTP_2);
        assertThat(told("PRI * HTTP/1.1\r\n")).isEqualTo(HttpOpening.HTTP_1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2 Debian-2\r\n",
                "{\"id\":1,\"method\":\"login\"}",
                "EHLO mail.example\r\n",
                "SETUP rtsp://a/ RTSP/1.0\r\n",
                "get / HTTP/1.1\r\n",
                " GET / HTTP/1.1",
                "\r\nGET / HTTP/1.1",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "GE /",
                "-GET /"
            })
    void otherTalkIsNotHttp(String text) {
        assertThat(told(text)).isEqualTo(HttpOpening.OTHER);
    }

    @Test
    void anythingIsToldWithinTheLimit() {
        Random random = new Random(20261122);
        byte[] bytes = new byte[HttpOpening.LIMIT];
        for (int i = 0; i < 20_000; i++) {
            random.nextBytes(bytes);
            assertThat(HttpOpening.of(bytes, bytes.length)).isNotEqualTo(HttpOpening.MORE);
        }
        assertThat(told("A".repeat(20) + " ".repeat(30))).isNotEqualTo(HttpOpening.MORE);
    }

    /** Feeds one byte more at a time, as a slow client would send them. */
    private static HttpOpening told(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        for (int length = 0; length <= Math.min(bytes.length, HttpOpening.LIMIT); length++) {
            HttpOpening opening = HttpOpening.of(bytes, length);
            if (opening != HttpOpening.MORE) {
                return opening;
            }
        }
        return HttpOpening.MORE;
    }
}
