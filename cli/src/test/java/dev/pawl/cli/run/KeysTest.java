package dev.pawl.cli.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys and not-keys, whole and torn apart. */
final class KeysTest {
    private static final List<Keys.Key> Y = List.of(new Keys.Key.Letter('y'));

    @Test
    void whatATerminalReportsIsNoKey() {
        for (String report : List.of(
                "\33[12;40R",
                "\33[?62;22c",
                "\33]11;rgb:0000/0000/0000\33\\",
                "\33]lyes 1a2b\33\\",
                "\33]lyes 1a2b\7",
                "\33P1$r0m\33\\",
                "\33P>|xterm(388)\33\\",
                "\33[<35;10;20M",
                "\33[<0;10;20m",
                "\33[M !!",
                "\33[I",
                "\33[O",
                "\33[A",
                "\33OA",
                "\33[15~",
                "\33[[A",
                "\33y",
                "\33[97;1:3u")) {
            assertThat(whole(report + "y")).as(report.substring(1)).isEqualTo(Y);
            assertThat(torn(report + "y")).as(report.substring(1)).isEqualTo(Y);
        }
    }

    @Test
    void whatIsPastedIsNoKey() {
        String paste = "\33[200~yes 1a2b\r\33[20\33[201~y";
        assertThat(whole(paste)).isEqualTo(Y);
        assertThat(torn(paste)).isEqualTo(Y);
    }

    @Test
    void modifiedKeysAreKnownInBothForms() {
        for (String leave :
                List.of("\3", "\4", "\33\33", "\33[99;5u", "\33[100;5u", "\33[27u", "\33[27;5;99~", "\33[27;1;27~")) {
            assertThat(whole(leave)).as(leave.substring(1)).isEqualTo(List.of(new Keys.Key.Leave()));
        }
        assertThat(whole("\33[13u\33[27;1;13~\r\n"))
                .containsOnly(new Keys.Key.Enter())
                .hasSize(4);
        assertThat(whole("\33[127u\177\b")).containsOnly(new Keys.Key.Erase()).hasSize(3);
        assertThat(whole("\33[117;5u\25")).containsOnly(new Keys.Key.Clear()).hasSize(2);
        assertThat(whole("\33[99999999999999999999;5u\33[;;;u\33[27;~")).isEmpty();
    }

    @Test
    void anUnfinishedSequenceIsForgottenAfterAWhile() {
        Keys keys = new Keys();
        for (String begun : List.of("\33[", "\33[1;", "\33P", "\33]0;", "\33O")) {
            byte[] bytes = begun.getBytes(ISO_8859_1);
            assertThat(keys.read(bytes, bytes.length)).isEmpty();
            assertThat(keys.idle()).isEmpty();
            assertThat(keys.read(new byte[] {'y'}, 1)).as(begun.substring(1)).isEqualTo(Y);
        }
    }

    private static List<Keys.Key> whole(String text) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        return new Keys().read(bytes, bytes.length);
    }

    private static List<Keys.Key> torn(String text) {
        Keys keys = new Keys();
        List<Keys.Key> all = new ArrayList<>();
        for (byte each : text.getBytes(ISO_8859_1)) {
            all.addAll(keys.read(new byte[] {each}, 1));
        }
        return all;
    }
}
