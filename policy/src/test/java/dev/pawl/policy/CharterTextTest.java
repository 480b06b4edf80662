package dev.pawl.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Budget;
import dev.pawl.core.Charter;
import dev.pawl.core.ModelLimit;
import dev.pawl.core.ModelLimit.Measure;
import dev.pawl.core.ModelLimit.Period;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CharterTextTest {
    @TempDir
    Path temporary;

    @Test
    void readsLikeACharter() throws Exception {
        Bench bench = Bench.in(temporary);
        Charter charter = bench.load(Bench.MINIMAL
                + "network: {allow: [{host: '*.example.com'}], route: [{host: a.example.com, to: '[::1]:80'}]}\n"
                + "env: {set: {B: 'true', A: x y}}\nbudget: {wall: 90s, memory: 20480KiB}\n");
        assertThat(CharterText.render(charter)).isEqualTo("""
                        agent: fixer
                        owner:
                          name: Ada Lovelace
                        purpose: Fix failing tests
                        workspace: %s
                        network:
                          allow:
                            - host: "*.example.com"
                              port: 443
                              protocol: tls
                          route:
                            - host: a.example.com
                              to: "[0:0:0:0:0:0:0:1]:80"
                        env:
                          set:
                            A: x y
                            B: "true"
                        budget:
                          wall: 90s
                          memory: 20MiB
                          processes: 4096
                          tmp: 2GiB
                        boundaries: standard
                        """.formatted(bench.project()));
    }

    @Test
    void loadsAgainToTheSame() throws Exception {
        Bench bench = Bench.in(temporary);
        Files.createDirectories(bench.project().resolve("src"));
        Files.createDirectories(bench.home().resolve("data"));
        Files.createDirectories(bench.home().resolve(".cache/pip"));
        for (String yaml : List.of(CharterLoaderTest.FULL, Bench.MINIMAL)) {
            Charter charter = bench.load(yaml);
            assertThat(bench.load(CharterText.render(charter))).isEqualTo(charter);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "No",
                "null",
                "~",
                "1",
                "1.5",
                "0x1",
                "a: b",
                "a #b",
                "- a",
                "*a",
                "&a",
                "!a",
                "'",
                "\"",
                "\\",
                "a:",
                "{",
                "[a]",
                "%a",
                "@a",
                "`a",
                "|",
                ">",
                "?",
                "ü\ud83d\ude00",
                "---",
                "...",
                "=",
                "<<",
                " lead",
                "trail "
            })
    void keepsTextThatYamlWouldTakeForSomethingElse(String text) throws Exception {
        Bench bench = Bench.in(temporary);
        Charter plain = bench.load(Bench.MINIMAL);
        Charter odd = new Charter(
                plain.agent(),
                new Charter.Owner(text, List.of()),
                text,
                plain.workspace(),
                plain.files(),
                plain.network(),
                Optional.empty(),
                new Charter.Environment(List.of(), Map.of("A", text + "\n\t" + text, "n", text)),
                plain.budget(),
                List.of(),
                List.of(),
                plain.source());
        assertThat(bench.load(CharterText.render(odd))).isEqualTo(odd);
    }

    @Test
    void keepsRandomValuesAndLimits() throws Exception {
        Bench bench = Bench.in(temporary);
        Charter plain = bench.load(Bench.MINIMAL);
        String alphabet = "ab \n\t\"'\\:#-{}[],&*!|>%@`~0.5e=<?/üß漢\ud83d\ude00";
        int[] points = alphabet.codePoints().toArray();
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Map<String, String> set = new LinkedHashMap<>();
            for (int i = 0; i < 5; i++) {
                StringBuilder value = new StringBuilder();
                random.ints(random.nextInt(20), 0, points.length).forEach(at -> value.appendCodePoint(points[at]));
                set.put("K" + i, value.toString());
            }
            Budget budget = new Budget(
                    Optional.of(Duration.ofSeconds(1 + random.nextInt(10_000_000))),
                    Optional.of(Duration.ofMinutes(1 + random.nextInt(10_000))),
                    Optional.of((16L << 20) + random.nextInt(1 << 20) * (1L << random.nextInt(11))),
                    1 + random.nextInt(1_000_000),
                    Optional.of(1L + random.nextInt(Integer.MAX_VALUE)),
                    1L << (20 + random.nextInt(20)),
                    List.of(
                            new ModelLimit(Measure.TOKENS, 1 + random.nextLong(ModelLimit.MOST), Period.HOUR),
                            new ModelLimit(Measure.MONEY, 1 + random.nextInt(Integer.MAX_VALUE), Period.RUN),
                            new ModelLimit(Measure.MONEY, (1 + random.nextInt(100)) * 1_000_000L, Period.MONTH)));
            Charter charter = new Charter(
                    plain.agent(),
                    plain.owner(),
                    plain.purpose(),
                    plain.workspace(),
                    plain.files(),
                    plain.network(),
                    Optional.empty(),
                    new Charter.Environment(List.of(), set),
                    budget,
                    List.of(),
                    List.of(),
                    plain.source());
            assertThat(bench.load(CharterText.render(charter))).isEqualTo(charter);
        }
    }
}
