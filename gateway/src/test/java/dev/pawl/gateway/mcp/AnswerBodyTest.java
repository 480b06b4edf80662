package dev.pawl.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of answers: {@code keep} is shown, {@code drop} is not, {@code swap} becomes {@code new}. */
class AnswerBodyTest {
    private final List<String> messages = new ArrayList<>();

    private Optional<byte[]> shown(byte[] message, boolean tooLong) {
        String text = new String(message, StandardCharsets.UTF_8);
        messages.add(tooLong ? "too long" : text);
        if (tooLong) {
            return Optional.of("short".getBytes(StandardCharsets.UTF_8));
        }
        return switch (text) {
            case "drop" -> Optional.empty();
            case "what is longer" -> Optional.of("less".getBytes(StandardCharsets.UTF_8));
            case "swap" -> Optional.of("new\nline".getBytes(StandardCharsets.UTF_8));
            default -> Optional.of(message);
        };
    }

    private static String lines(String text) {
        return text.replace('|', '\n').replace('#', '\r');
    }

    private static String through(AnswerBody body, String text, int step) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder shown = new StringBuilder();
        for (int at = 0; at < bytes.length; at += step) {
            int end = Math.min(bytes.length, at + step);
            ByteBuf out = body.take(Unpooled.wrappedBuffer(bytes, at, end - at), end == bytes.length)
                    .orElseThrow();
            shown.append(out.toString(StandardCharsets.UTF_8));
            out.release();
        }
        return shown.toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void eventsPassOneByOne(int step) {
        // A bar stands for a line feed, a hash for a carriage return.
        String stream =
                ": hello||id: 1|data: keep||event: message#|data:swap#|id: 2#|#|data: drop||data: one|data:  two||"
                        + "retry: 5##data||data: half";
        String shown = ": hello||id: 1|data: keep||event: message|id: 2|data: new|data: line|||data: one|data:  two||"
                + "retry: 5##data||";
        assertThat(through(new EventStream(this::shown, 100, false), lines(stream), step))
                .isEqualTo(lines(shown));
        assertThat(messages).containsExactly("keep", "swap", "drop", "one\n two");
    }

    @Test
    void whatCallsItselfAlmostDataIsNone() {
        through(
                new EventStream(this::shown, 100, false),
                lines("\uFEFFdata: a||\uFEFFdata: b||DATA: c||data2: d|| data: e||"),
                5);
        assertThat(messages).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000})
    void whereALengthWasAnnouncedItIsKept(int step) {
        String stream = lines("id: 7|data: drop||data: keep||id: 1|data: what is longer||data: half");
        String got = through(new EventStream(this::shown, 100, true), stream, step);
        assertThat(got).hasSize(stream.length()).contains("data: keep\n\n", "data: less\n\n");
        assertThat(got.replaceAll("\n{2,}", "|")).isEqualTo("|data: keep|id: 1\ndata: less|");
        ByteBuf longer = Unpooled.copiedBuffer("data: swap\n\n", StandardCharsets.UTF_8);
        assertThat(new EventStream(this::shown, 100, true).take(longer, true)).isEmpty();
    }

    @Test
    void anEventThatIsTooLongIsReplaced() {
        String stream = lines("data: " + "x".repeat(5000) + "||data: keep||");
        assertThat(through(new EventStream(this::shown, 100, false), stream, 64))
                .isEqualTo(lines("data: short||data: keep||"));
    }

    @Test
    void aWholeAnswerKeepsItsLength() {
        assertThat(through(new WholeAnswer(this::shown, 100), "keep", 1)).isEqualTo("keep");
        assertThat(through(new WholeAnswer(this::shown, 100), "drop", 3)).isEqualTo("    ");
        assertThat(new WholeAnswer(this::shown, 3).take(Unpooled.wrappedBuffer(new byte[4]), false))
                .isEmpty();
    }

    /** However a stream is cut, the same of it is shown. */
    @Test
    void cutsChangeNothing() {
        Random random = new Random(11);
        List<String> pieces =
                List.of("data: keep", "data: swap", "data: drop", "data", ":", "id: 1", "\n", "\r", "\r\n", "\n\n");
        for (int i = 0; i < 3000; i++) {
            StringBuilder stream = new StringBuilder();
            for (int n = random.nextInt(12); n >= 0; n--) {
                stream.append(pieces.get(random.nextInt(pieces.size())));
            }
            String whole = through(new EventStream(this::shown, 100, false), stream.toString(), 1 << 20);
            assertThat(through(new EventStream(this::shown, 100, false), stream.toString(), 1 + random.nextInt(5)))
                    .as(stream.toString())
                    .isEqualTo(whole);
        }
    }
}
