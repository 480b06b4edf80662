package dev.pawl.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NoticesTest {
    private static final Instant START = Instant.parse("2026-11-22T05:00:00.123456Z");

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final List<String> told = new ArrayList<>();
    private final Notices notices = new Notices(file::writeBytes, told::add);

    @Test
    void eachDenialIsALine() {
        add(notices, START, "denied a.", " Event 1.");
        add(notices, START.plusMillis(1), "denied b.", " Event 2.");
        assertThat(lines())
                .containsExactly(
                        "2026-11-22T05:00:00.123456Z denied a. Event 1.",
                        "2026-11-22T05:00:00.124456Z denied b. Event 2.");
    }

    @Test
    void aLoopCostsALineForEachPowerOfTen() {
        for (int i = 1; i <= 12_345; i++) {
            add(notices, START.plusMillis(i), "denied a.", " Event " + i + ".");
        }
        assertThat(lines()).hasSize(5);
        assertThat(lines().get(1)).endsWith("denied a. Event 10. Denied 10 times now.");
        assertThat(lines().get(4)).endsWith("denied a. Event 10000. Denied 10000 times now.");
        add(notices, START.plus(Duration.ofMinutes(5)), "denied a.", " Event x.");
        assertThat(lines()).hasSize(7);
        assertThat(lines().get(5)).isEqualTo("2026-11-22T05:00:12.468456Z denied a. 2345 times more until then.");
        assertThat(lines().get(6)).endsWith("denied a. Event x.");
    }

    @Test
    void loopsOverManyThingsAreMergedToo() {
        for (int round = 0; round < 200; round++) {
            for (int what = 0; what < 50; what++) {
                add(notices, START.plusMillis(round), "denied " + what + ".", "");
            }
        }
        assertThat(lines()).hasSize(3 * 50);
        notices.close();
        assertThat(lines()).hasSize(4 * 50);
        assertThat(lines().getLast()).endsWith(" 100 times more until then.");
    }

    @Test
    void theFileEndsAtOneMebibyteAndSaysSo() {
        for (int i = 0; i < 20_000; i++) {
            add(notices, START.plusSeconds(i), "denied " + i + " " + "x".repeat(150), "");
        }
        notices.close();
        assertThat(file.size()).isBetween(Notices.MAX_BYTES - 3 * Notices.MAX_LINE_BYTES, Notices.MAX_BYTES);
        assertThat(lines().getLast()).contains("notices end here: this file holds 1 MiB at most");
        assertThat(lines())
                .filteredOn(line -> line.contains("notices end here"))
                .hasSize(1);
        assertThat(told).isEmpty();
    }

    @Test
    void noLineIsLongAndNoneIsCutInsideACharacter() {
        Random random = new Random(20_261_122);
        for (int i = 0; i < 500; i++) {
            StringBuilder text = new StringBuilder("denied ");
            int length = random.nextInt(3_000);
            for (int c = 0; c < length; c++) {
                text.appendCodePoint(random.nextBoolean() ? 'a' + random.nextInt(26) : 0x1f600 + random.nextInt(50));
            }
            add(notices, START.plusSeconds(i), text.toString(), "");
        }
        for (String line : lines()) {
            assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(Notices.MAX_LINE_BYTES);
            assertThat(line).doesNotContain("\ufffd").matches("2026.*");
        }
    }

    @Test
    void whatCannotBeWrittenIsSaidOnceAndHarmsNobody() throws IOException {
        try (FileOutputStream full = new FileOutputStream("/dev/full")) {
            Notices broken = new Notices(full::write, told::add);
            for (int i = 0; i < 3; i++) {
                int each = i;
                assertThatCode(() -> add(broken, START, "denied " + each, "")).doesNotThrowAnyException();
            }
            assertThatCode(broken::close).doesNotThrowAnyException();
        }
        assertThat(told).singleElement().asString().contains("cannot be told").contains("No space left");
        Notices odd = new Notices(
                bytes -> {
                    throw new IllegalStateException("odd");
                },
                line -> {
                    throw new IllegalStateException(line);
                });
        assertThatCode(() -> add(odd, START, "denied x", "")).doesNotThrowAnyException();
    }

    @Test
    void afterAFailureALineBeginsAnew() {
        List<byte[]> given = new ArrayList<>();
        Notices shaky = new Notices(
                bytes -> {
                    given.add(bytes);
                    if (given.size() == 1) {
                        throw new IOException("disk full");
                    }
                },
                told::add);
        add(shaky, START, "denied a.", "");
        add(shaky, START, "denied b.", "");
        assertThat(new String(given.getLast(), StandardCharsets.UTF_8)).isEqualTo("\n" + START + " denied b.\n");
    }

    private static void add(Notices notices, Instant time, String text, String mark) {
        notices.add(time, () -> text, mark);
    }

    private List<String> lines() {
        return file.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
