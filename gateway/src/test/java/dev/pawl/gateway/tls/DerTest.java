package dev.pawl.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Examples of X.690 and RFC 5280, worked out by hand. */
final class DerTest {
    private static String hex(byte[] value) {
        return HexFormat.of().withUpperCase().formatHex(value);
    }

    @Test
    void smallValues() {
        assertThat(hex(Der.sequence())).isEqualTo("3000");
        assertThat(hex(Der.yes())).isEqualTo("0101FF");
        assertThat(hex(Der.integer(BigInteger.ZERO))).isEqualTo("020100");
        assertThat(hex(Der.integer(BigInteger.valueOf(128)))).as("positive").isEqualTo("02020080");
        assertThat(hex(Der.bits(1, new byte[] {6}))).isEqualTo("03020106");
        assertThat(hex(Der.oid("2A864886F70D"))).isEqualTo("06062A864886F70D");
        assertThat(hex(Der.utf8("é"))).isEqualTo("0C02C3A9");
        assertThat(hex(Der.around(3, Der.set(Der.yes())))).isEqualTo("A30531030101FF");
        assertThat(hex(Der.tagged(2, new byte[] {'a'}))).isEqualTo("820161");
    }

    @Test
    void lengthsTakeAsManyBytesAsTheyNeed() {
        assertThat(hex(head(127))).isEqualTo("047F");
        assertThat(hex(head(128))).isEqualTo("048180");
        assertThat(hex(head(255))).isEqualTo("0481FF");
        assertThat(hex(head(256))).isEqualTo("04820100");
        assertThat(hex(head(65_536))).isEqualTo("0483010000");
    }

    @Test
    void datesFrom2050OnAreLong() {
        assertThat(text(Der.time(Instant.parse("2049-12-31T23:59:59.999Z")))).isEqualTo("\u0017\r491231235959Z");
        assertThat(text(Der.time(Instant.parse("2050-01-01T00:00:00Z")))).isEqualTo("\u0018\u000f20500101000000Z");
    }

    private static byte[] head(int length) {
        byte[] value = Der.octets(new byte[length]);
        return Arrays.copyOf(value, value.length - length);
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.US_ASCII);
    }
}
