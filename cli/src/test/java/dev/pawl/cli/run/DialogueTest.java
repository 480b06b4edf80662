package dev.pawl.cli.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.cli.run.Dialogue.Said;
import dev.pawl.server.approvals.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What counts as an answer of somebody who looked at the question. */
final class DialogueTest {
    private static final String ID = "1a2b3c4d-7";
    private static final int ROWS = 24;
    private static final int COLUMNS = 80;
    private static final List<String> SHORT = List.of("question " + ID, "  wants to run /bin/true");

    private final Dialogue dialogue = new Dialogue(ID, true);
    private long now = 5;

    @Test
    void aYesNeedsTheNameOfTheQuestion() {
        present(SHORT);
        assertThat(type("yes 1a2b\r")).isEqualTo(new Said.Yes(Scope.ONCE));
        assertThat(type("RUN  1A2B \r")).isEqualTo(new Said.Yes(Scope.RUN));
        assertThat(type("charter 1a2b\r")).isEqualTo(new Said.Yes(Scope.CHARTER));
        for (String wrong :
                List.of("yes", "yes 1a2c", "yes 1a2b3c4d-7", "yes 1a2b x", "y", "1a2b", "no 1a2b", "yes1a2b")) {
            assertThat(type(wrong + "\r")).as(wrong).isEqualTo(new Said.Nothing());
        }
        assertThat(type("yes 9999\r")).isEqualTo(new Said.Nothing());
        assertThat(dialogue.frame()).contains("type yes 1a2b");
    }

    @Test
    void aNoAndLaterNeedNoName() {
        present(SHORT);
        assertThat(type("no\r")).isEqualTo(new Said.No());
        assertThat(type("later\r")).isEqualTo(new Said.Later());
        assertThat(type("quiet\r")).isEqualTo(new Said.Quiet());
        assertThat(type("\3")).isEqualTo(new Said.Later());
        assertThat(type("\4")).isEqualTo(new Said.Later());
    }

    @Test
    void keysTypedTooEarlyAreForgotten() {
        assertThat(type("yes 1a2b\r")).as("nothing is shown").isEqualTo(new Said.Nothing());
        dialogue.show("title", SHORT, ROWS, COLUMNS);
        dialogue.shown(now);
        now += Dialogue.UNREAD_NANOS - 1;
        assertThat(type("yes 1a2b\r\3no\ryes ")).isEqualTo(new Said.Nothing());
        now += 1;
        assertThat(dialogue.frame()).doesNotContain("> yes");
        assertThat(type("1a2b\r")).as("the rest of what was begun too early").isEqualTo(new Said.Nothing());
        assertThat(type("yes 1a2b\r")).isEqualTo(new Said.Yes(Scope.ONCE));
    }

    @Test
    void theLineCanBeEdited() {
        present(SHORT);
        assertThat(type("nox\177\177\177yes 1a22\bb")).isEqualTo(new Said.Nothing());
        assertThat(dialogue.frame()).endsWith("> yes 1a2b");
        assertThat(type("\25later")).isEqualTo(new Said.Nothing());
        assertThat(dialogue.frame()).endsWith("> later");
        assertThat(type("x".repeat(1_000))).isEqualTo(new Said.Nothing());
        assertThat(dialogue.frame()).endsWith("> later" + "x".repeat(35));
    }

    @Test
    void aLoneEscapeIsLaterAndASequenceIsNothing() {
        present(SHORT);
        assertThat(type("\33")).isEqualTo(new Said.Nothing());
        assertThat(dialogue.idle(now)).isEqualTo(new Said.Later());
        assertThat(type("\33[A\33OB\33[<0;3;4M\33[Mabc")).isEqualTo(new Said.Nothing());
        assertThat(dialogue.idle(now)).isEqualTo(new Said.Nothing());
        assertThat(dialogue.frame()).endsWith("> ");
    }

    @Test
    void aLongQuestionHasToBeSeenToItsEnd() {
        present(longQuestion());
        assertThat(type("yes 1a2b\r")).isEqualTo(new Said.Nothing());
        assertThat(dialogue.frame()).contains("Not all of the question");
        assertThat(type("\r\r\ryes 1a2b\r")).as("pages nobody could see").isEqualTo(new Said.Nothing());
        for (int page = 2; page <= 3; page++) {
            now += Dialogue.NEXT_PAGE_NANOS;
            assertThat(type("yes 1a2b\r")).isEqualTo(new Said.Nothing());
            dialogue.shown(now);
            now += Dialogue.NEXT_PAGE_NANOS;
            assertThat(type("\r")).isEqualTo(new Said.Nothing());
        }
        dialogue.shown(now);
        now += Dialogue.NEXT_PAGE_NANOS;
        assertThat(type("yes 1a2b\r")).isEqualTo(new Said.Yes(Scope.ONCE));
    }

    @Test
    void aWindowThatChangesShowsItAgain() {
        present(SHORT);
        dialogue.show("title", longQuestion(), ROWS, COLUMNS);
        dialogue.shown(now);
        assertThat(type("yes 1a2b\r")).isEqualTo(new Said.Nothing());
        dialogue.show("title", longQuestion(), 90, COLUMNS);
        dialogue.shown(now);
        assertThat(type("yes 1a2b\r")).isEqualTo(new Said.Yes(Scope.ONCE));
        dialogue.show("title", SHORT, 10, COLUMNS);
        dialogue.shown(now);
        assertThat(dialogue.frame()).contains("too small");
        assertThat(type("yes 1a2b\r")).isEqualTo(new Said.Nothing());
        assertThat(type("no\r")).isEqualTo(new Said.No());
    }

    @Test
    void noLineIsNoOffer() {
        Dialogue without = new Dialogue(ID, false);
        without.show("title", SHORT, ROWS, COLUMNS);
        without.shown(0);
        byte[] keys = "charter 1a2b\r".getBytes(UTF_8);
        assertThat(without.typed(keys, keys.length, Dialogue.UNREAD_NANOS)).isEqualTo(new Said.Nothing());
        assertThat(without.frame()).contains("No line of a charter").doesNotContain("  charter 1a2b");
    }

    @Test
    void nothingOutgrowsTheWindow() {
        Random random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            int rows = random.nextInt(1, 60);
            int columns = random.nextInt(1, 160);
            List<String> lines = new ArrayList<>();
            for (int line = random.nextInt(30); line > 0; line--) {
                lines.add(random.nextBoolean() ? "漢字 x".repeat(random.nextInt(80)) : "a".repeat(random.nextInt(400)));
            }
            dialogue.show("a title", lines, rows, columns);
            for (String row : dialogue.frame().split("\33\\[[0-9]+;1H\33\\[2K", -1)) {
                String text = row.replaceAll("\33\\[[01]m", "");
                assertThat(text.codePoints()
                                .map(letter -> letter < 0x300 ? 1 : 2)
                                .sum())
                        .as("%s in %d columns", text, columns)
                        .isLessThanOrEqualTo(Math.max(columns, 2));
            }
        }
    }

    @Test
    void whatIsCarriedOverLooksLikeNoNewLine() {
        present(List.of(
                "  wants to  run " + "x ".repeat(31) + "yes 1a2b      this is harmless" + " ".repeat(40) + "  no  x"));
        assertThat(dialogue.frame().split("\33\\[2K", -1))
                .filteredOn(row -> row.startsWith("  no"))
                .hasSize(1);
    }

    @Test
    void whateverIsTypedEndsInAKnownState() {
        Random random = new Random(4);
        present(SHORT);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            for (int k = 0; k < bytes.length; k++) {
                bytes[k] = random.nextInt(3) == 0
                        ? (byte) "\33[]O;~u\r\7\\P".charAt(random.nextInt(11))
                        : (byte) random.nextInt();
            }
            assertThat(dialogue.typed(bytes, bytes.length, now)).isNotInstanceOf(Said.Yes.class);
        }
        // Ctrl-C ends a paste that never ended.
        var _ = type("\3");
        var _ = dialogue.idle(now);
        assertThat(type("\25yes 1a2b\r")).isEqualTo(new Said.Yes(Scope.ONCE));
    }

    private static List<String> longQuestion() {
        return List.of("question " + ID, "  wants to run " + "word ".repeat(720 / 5 * 5));
    }

    private void present(List<String> lines) {
        dialogue.show("title", lines, ROWS, COLUMNS);
        dialogue.shown(now);
        now += Dialogue.UNREAD_NANOS;
    }

    private Said type(String keys) {
        byte[] bytes = keys.getBytes(UTF_8);
        return dialogue.typed(bytes, bytes.length, now);
    }
}
