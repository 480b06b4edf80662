package dev.pawl.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any bytes make a charter or a list of problems, never another failure. Seeds are fixed, so a failure repeats. */
class CharterFuzzTest {
    private static final String[] PIECES = {
        "\n",
        " ",
        "  ",
        "\t",
        ":",
        ": ",
        "-",
        "- ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "#",
        "&a ",
        "*a",
        "!!java.net.URL ",
        "!",
        "|",
        ">",
        "'",
        "\"",
        "%YAML 1.2\n---\n",
        "---\n",
        "...\n",
        "? ",
        "<<: ",
        "~",
        "null",
        "\\",
        "\"\\u0000\"",
        "\"\\xg\"",
        "\"\\ud800\"",
        "*.",
        "::1",
        "999999999999999999999",
        "0x7f",
        "1e999",
        "-0",
        ".inf",
        "ß",
        "。",
        "xn--",
        "\ufeff",
        "\u2028",
        "\ud83d\ude00",
        "~/",
        "../",
        "/",
        "//",
        "%TAG ! tag:x,2000:\n"
    };

    /** Every key of a charter. */
    private static final String WHOLE = CharterLoaderTest.FULL
                    .replace("boundaries: standard\n", BoundaryReaderTest.FULL)
                    .replace("port: 5432\n", "port: 5432\n      ask: they are customers'\n")
                    .replace("port: 80}", "port: 80, ask: true}")
            + "asks: {wait: 10m}\ncommands:\n  - {program: ls, ask: \"why \\\"so\"}\n  - {program: sh, arguments: [status, 'log --oneline **', '', 'show *']}\n"
            + "instructions: [claude, codex]\n";

    @TempDir
    Path temporary;

    @Test
    void mutatedCharters() throws Exception {
        Bench bench = full();
        byte[] whole = WHOLE.getBytes(StandardCharsets.UTF_8);
        int loaded = 0;
        int refused = 0;
        for (int seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            String text = WHOLE;
            for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
                int at = random.nextInt(text.length());
                int cut = random.nextInt(3) == 0 ? 0 : random.nextInt(Math.min(12, text.length() - at));
                String piece = random.nextBoolean() ? PIECES[random.nextInt(PIECES.length)] : "";
                text = text.substring(0, at) + piece + text.substring(at + cut);
            }
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            if (random.nextInt(4) == 0) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            if (bench.isCharter(bytes)) {
                loaded++;
            } else {
                refused++;
            }
        }
        assertThat(bench.isCharter(whole)).isTrue();
        assertThat(loaded).isGreaterThan(20);
        assertThat(refused).isGreaterThan(1000);
    }

    @Test
    void randomBytesAndRandomPieces() throws Exception {
        Bench bench = full();
        for (int seed = 0; seed < 1500; seed++) {
            Random random = new Random(seed);
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            StringBuilder pieces = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                pieces.append(PIECES[random.nextInt(PIECES.length)]);
            }
            assertThat(bench.isCharter(bytes)).isFalse();
            assertThat(bench.isCharter(pieces.toString().getBytes(StandardCharsets.UTF_8)))
                    .isFalse();
        }
    }

    @Test
    void deepWideAndSelfReferringTexts() throws Exception {
        Bench bench = full();
        int most = YamlText.MAX_BYTES;
        StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ",").repeat(9) + "x]\n");
        }
        StringBuilder stairs = new StringBuilder();
        for (int i = 0; i < 600; i++) {
            stairs.append(" ".repeat(i)).append("a:\n");
        }
        for (String text : new String[] {
            "[".repeat(most),
            "{".repeat(most),
            "- ".repeat(most / 2),
            "? ".repeat(most / 2),
            "a: ".repeat(most / 3),
            "{a: ".repeat(most / 4),
            "\"".repeat(most),
            "'".repeat(most),
            "\n".repeat(most),
            "&a ".repeat(most / 3),
            "!".repeat(most),
            "%".repeat(most),
            "#".repeat(most),
            "a".repeat(most),
            "a:\n".repeat(most / 3),
            "\"\\U0010FFFF".repeat(most / 11),
            "|" + "\n ".repeat(most / 3),
            bomb.toString(),
            stairs.toString(),
            "&a [*a]",
            "&a {? *a : *a}"
        }) {
            assertThat(bench.problems(text)).isNotEmpty();
        }
    }

    private Bench full() throws Exception {
        Bench bench = Bench.in(temporary);
        Files.createDirectories(bench.project().resolve("src"));
        Files.createDirectories(bench.home().resolve("data"));
        Files.createDirectories(bench.home().resolve(".cache/pip"));
        return bench;
    }
}
