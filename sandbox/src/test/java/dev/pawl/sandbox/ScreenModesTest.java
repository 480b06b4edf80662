package dev.pawl.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Where the agent's output may be interrupted, and how the terminal becomes again what it was. */
class ScreenModesTest {
    private final ScreenModes modes = new ScreenModes();

    @Test
    void restsBetweenSequencesOnly() {
        for (String whole : List.of(
                "x",
                "\33[31m",
                "\33]0;title\7",
                "\33]0;title\33\\",
                "\33Pq#0\33\\",
                "\33(B",
                "\33c",
                "─",
                "\33[31\30",
                "\33P\33[1m",
                "é\r\n",
                "\33[?2026h…\33[?2026l",
                "\33 F")) {
            byte[] bytes = whole.getBytes(UTF_8);
            for (int end = 1; end < bytes.length; end++) {
                ScreenModes torn = new ScreenModes();
                torn.feed(bytes, 0, end);
                int rest = torn.feedToRest(bytes, end, bytes.length);
                assertThat(torn.rests()).as("%s %d", whole, end).isTrue();
                assertThat(rest).isBetween(end, bytes.length);
            }
            feed(whole);
            assertThat(modes.rests()).as(whole).isTrue();
        }
        feed("\33[?2026h");
        assertThat(modes.rests()).as("amid an update").isFalse();
    }

    @Test
    void takesTheSecondScreenUnlessTheAgentHasIt() {
        assertThat(modes.enter()).startsWith("\33[?1049h").contains("\33[?25h").doesNotContain("\30");
        assertThat(left()).endsWith("\33[?1049l\33[?2026l");
        feed("\33[?1049h");
        assertThat(modes.alternate()).isTrue();
        assertThat(modes.enter()).startsWith("\0337").doesNotContain("1049");
        assertThat(left()).endsWith("\0338\33[?2026l").doesNotContain("1049");
        feed("\33[?1;1049l");
        assertThat(modes.alternate()).isFalse();
    }

    @Test
    void bringsBackWhatTheAgentChose() {
        feed("\33[?1003;1006h\33[?1000h\33[?2004h\33[?25l\33[?1002h\33[?1002l");
        assertThat(modes.enter()).contains("\33[?1000l", "\33[?1003l", "\33[?1002l", "\33[?1004l");
        assertThat(left())
                .containsSubsequence("\33[?1003h", "\33[?1000h", "\33[?2004h", "\33[?25l", "\33[?1049l")
                .doesNotContain("1002");
        feed("\33c");
        assertThat(left()).contains("\33[?2004l", "\33[?25h").doesNotContain("1003");
    }

    @Test
    void whatHadToBeCutIsBegunAnew() {
        feed("\33]0;a tit");
        assertThat(modes.rests()).isFalse();
        assertThat(modes.enter()).startsWith("\30\33\\");
        assertThat(left()).endsWith("\33]0;a tit");
        feed("le\7");
        feed("\33Pq" + "#".repeat(2 * ScreenModes.MAX_BEGUN));
        assertThat(left()).endsWith("\33]99999;");
        feed("\33\\");
        assertThat(left()).endsWith("l");
    }

    @Test
    void staysBoundedWhateverComes() {
        Random random = new Random(9);
        byte[] some = "\33[]?;hl0129P\7\\\30m!p(".getBytes(ISO_8859_1);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            for (int k = 0; k < bytes.length; k++) {
                bytes[k] = random.nextBoolean() ? some[random.nextInt(some.length)] : (byte) random.nextInt();
            }
            modes.feed(bytes, 0, bytes.length);
            assertThat(left().length()).isLessThan(ScreenModes.MAX_BEGUN + 400);
        }
        feed("\30\33\\\33c");
        assertThat(modes.rests()).isTrue();
        assertThat(left()).isEqualTo(new String(new ScreenModes().leave(), ISO_8859_1));
    }

    private String left() {
        return new String(modes.leave(), ISO_8859_1);
    }

    private void feed(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        modes.feed(bytes, 0, bytes.length);
    }
}
