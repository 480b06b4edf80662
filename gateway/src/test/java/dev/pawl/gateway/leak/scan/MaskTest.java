package dev.pawl.gateway.leak.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is covered, and that nothing else is, however the stream is cut into parts. */
class MaskTest {
    private static final String VALUE = "ghp_0123456789abcdefghij/\"ABC";
    private final Mask mask = new Mask(List.of(VALUE, "another-value"));

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** What is shown of a text that comes in parts of so many bytes. */
    private String shown(String text, int size) {
        Mask.Stream stream = mask.stream();
        StringBuilder shown = new StringBuilder();
        byte[] all = bytes(text);
        ByteBuf kept = Unpooled.buffer();
        for (int from = 0; from < all.length; from += size) {
            int length = Math.min(size, all.length - from);
            ByteBuf part = Unpooled.buffer().writeBytes(kept).writeBytes(all, from, length);
            int count = stream.over(part, from + length == all.length);
            shown.append(part.readCharSequence(count, StandardCharsets.ISO_8859_1));
            kept = part;
        }
        return shown.toString();
    }

    @Test
    void aValueIsCoveredInEveryForm() {
        List<String> forms = List.of(
                VALUE,
                HexFormat.of().formatHex(bytes(VALUE)),
                Base64.getEncoder().encodeToString(bytes(VALUE)).substring(0, 38),
                "ghp_0123456789abcdefghij%2F%22ABC",
                "ghp_0123456789abcdefghij/\\\"ABC",
                "ghp_0123456789abcdefghij\\/\\\"ABC",
                new StringBuilder(VALUE).reverse().toString());
        for (String form : forms) {
            String text = "<" + form + ">";
            String stars = "<" + "*".repeat(form.length()) + ">";
            for (int size = 1; size <= text.length(); size++) {
                // Up to three bytes of a beginning may be shown at the end of a part.
                assertThat(shown(text, size))
                        .as(form + " by " + size)
                        .hasSameSizeAs(text)
                        .endsWith(stars.substring(4));
            }
            assertThat(mask.over(text)).isEqualTo(stars);
        }
    }

    @Test
    void base64OfALongerTextIsCovered() {
        for (int before = 0; before < 6; before++) {
            String text = Base64.getEncoder().encodeToString(bytes("u".repeat(before) + ":" + VALUE + ":after"));
            String shown = shown(text, 7);
            assertThat(shown).hasSameSizeAs(text).contains("*".repeat(33));
            String left = shown.replace("*", "");
            assertThat(text.length() - left.length()).isGreaterThanOrEqualTo(33);
        }
    }

    @Test
    void aLongValueIsCoveredWhole() {
        String text = new Random(3)
                .ints(6000, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        assertThat(new Mask(List.of(text)).over("x" + text + "y")).isEqualTo("x" + "*".repeat(6000) + "y");
    }

    @Test
    void nothingElseIsTouchedAndOnlyABeginningIsKeptBack() {
        Random random = new Random(5);
        for (int round = 0; round < 300; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 40; i++) {
                text.append(random.nextInt(4) == 0 ? VALUE.substring(0, random.nextInt(VALUE.length())) : "data: 1\n");
            }
            assertThat(shown(text.toString(), 1 + random.nextInt(30))).isEqualTo(text.toString());
        }
        for (String message : List.of("data: {}\n\n", "log", "0a", "CB")) {
            ByteBuf event = Unpooled.copiedBuffer(message, StandardCharsets.US_ASCII);
            assertThat(mask.stream().over(event, false)).as(message).isEqualTo(event.readableBytes());
        }
    }

    @Test
    void whereOneFollowsTheOtherBothAreCovered() {
        assertThat(mask.over(VALUE + "another-value" + VALUE)).isEqualTo("*".repeat(2 * VALUE.length() + 13));
    }
}
