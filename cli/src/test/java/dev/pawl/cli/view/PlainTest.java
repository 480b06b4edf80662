package dev.pawl.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlainTest {
    @Test
    void showsWhatATerminalWouldObey() {
        assertThat(Plain.text("\u001b]0;owned\u0007\n\u009b2J\u007f")).isEqualTo("\\x1b]0;owned\\x07\\n\\x9b2J\\x7f");
        assertThat(Plain.text("safe\u202etxt.exe\u200b\u2028")).isEqualTo("safe\\u{202e}txt.exe\\u{200b}\\u{2028}");
        assertThat(Plain.text("\ud800 é 日本 😀")).isEqualTo("\\u{d800} é 日本 😀");
    }

    @Test
    void cutsWhatIsTooLong() {
        assertThat(Plain.text("abcdef", 6)).isEqualTo("abcdef");
        assertThat(Plain.text("abcdefg", 6)).isEqualTo("abcde…");
        assertThat(Plain.text("ab😀cdefg", 4)).isEqualTo("ab…");
    }

    @Test
    void noTextAnAgentChoosesReachesTheTerminal() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder hostile = new StringBuilder();
            for (int length = random.nextInt(20); length > 0; length--) {
                hostile.append((char) (random.nextBoolean() ? random.nextInt(0x10000) : random.nextInt(0xa0)));
            }
            String plain = Plain.text(hostile.toString(), 30);
            assertThat(plain.codePoints())
                    .noneMatch(c -> Character.isISOControl(c)
                            || Character.getType(c) == Character.FORMAT
                            || Character.getType(c) == Character.SURROGATE);
            assertThat(plain.length()).isLessThanOrEqualTo(31);
        }
    }

    @Test
    void tablesAreAligned() {
        Table table = new Table("RUN", "AGENT");
        table.row("r-1", "a\u001b[31m");
        table.row("r-12345", "é");
        assertThat(table.lines()).containsExactly("RUN      AGENT", "r-1      a\\x1b[31m", "r-12345  é");
    }

    @Test
    void timesAreShort() {
        assertThat(Durations.millis(0.44)).isEqualTo("0.4 ms");
        assertThat(Durations.millis(12.4)).isEqualTo("12 ms");
        assertThat(Durations.text(Duration.ofMillis(3440))).isEqualTo("3.4 s");
        assertThat(Durations.text(Duration.ofSeconds(302))).isEqualTo("5 min 2 s");
        assertThat(Durations.text(Duration.ofMinutes(123))).isEqualTo("2 h 3 min");
        assertThat(Durations.text(Duration.ofHours(97))).isEqualTo("4 d 1 h");
    }
}
