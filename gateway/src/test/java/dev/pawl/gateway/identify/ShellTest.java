package dev.pawl.gateway.identify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shells without a prompt, and services of lines that are none. The first side is who commands; line feeds are written \n. */
class ShellTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "uname -a; whoami\\nls /\\nexit\\n ! uname -a; whoami\\r\\nls /\\r\\nexit\\r\\n",
                "cd /tmp && cat /etc/hostname\\necho $HOME\\nexit\\n ! box\\n/root\\n",
                "ls | head -1\\npwd\\n ! a.txt\\n/srv\\n",
                "id\\n ! uid=0(root) gid=0(root)\\n",
            })
    void aShellThatIsSilentAtFirstIsFound(String hand, String shell) {
        for (boolean reverse : new boolean[] {true, false}) {
            Talk talk = talk(reverse, hand, shell);
            assertThat(talk.identity().protocol()).isEqualTo("shell");
            Random random = new Random(hand.hashCode());
            for (int round = 0; round < 50; round++) {
                assertThat(talk.cut(random)).isEqualTo(talk.identity());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "echo hello\\n ! echo hello\\n",
                "echo hello\\r\\n ! echo hello\\r\\n",
                "find a | b\\n ! 3 found\\n",
                "w x\\nexit\\n ! ok\\n",
                "example.com\\r\\n ! % no entries\\n",
            })
    void aServiceOfLinesIsNone(String hand, String answer) {
        assertThat(talk(false, hand, answer).identity().protocol()).isNotEqualTo("shell");
    }

    @Test
    void aPageWithCommandsIsHttp() {
        assertThat(Talk.out(Talk.head("GET /install.sh HTTP/1.1", "Host: a"))
                        .andIn("HTTP/1.1 200 OK\r\n\r\ncd /tmp && ls\necho $HOME\n")
                        .identity()
                        .protocol())
                .isEqualTo("http");
    }

    /** @param reverse whether the hand that commands is the side that was connected to */
    private static Talk talk(boolean reverse, String hand, String shell) {
        String said = unescaped(hand);
        String answered = unescaped(shell);
        return reverse ? Talk.in(said).andOut(answered) : Talk.out(said).andIn(answered);
    }

    private static String unescaped(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n");
    }
}
