package dev.pawl.gateway.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a head is does not depend on how its bytes are cut. */
class HeadReaderTest {
    private static final String HEAD = "GET / HTTP/1.1\r\nA: b\r\n\r\n";

    /** Found by the fuzzer: the empty line was known only where it came in one piece, and then again and again. */
    @ParameterizedTest
    @CsvSource({"0, true", "1, true", "2, false", "3, false"})
    void oneEmptyLineMayStandBefore(int lines, boolean whole) {
        String text = "\r\n".repeat(lines) + HEAD;
        assertThat(read(text, text.length()) instanceof HeadReader.Result.Whole)
                .as("at once")
                .isEqualTo(whole);
        for (int longest = 1; longest < text.length(); longest++) {
            assertThat(read(text, longest)).as("in pieces of " + longest).isEqualTo(read(text, text.length()));
        }
    }

    private static HeadReader.Result read(String text, int longest) {
        HeadReader reader = new HeadReader(false);
        ByteBuf in = Unpooled.buffer();
        HeadReader.Result result = new HeadReader.Result.More();
        for (int at = 0; at < text.length() && result instanceof HeadReader.Result.More; at += longest) {
            in.writeBytes(
                    text.substring(at, Math.min(text.length(), at + longest)).getBytes(StandardCharsets.ISO_8859_1));
            result = reader.read(in);
        }
        return result;
    }
}
