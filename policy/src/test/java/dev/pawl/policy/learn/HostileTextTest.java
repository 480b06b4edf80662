package dev.pawl.policy.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.ProcessInfo;
import dev.pawl.policy.Bench;
import dev.pawl.policy.BundleLoader;
import dev.pawl.policy.CharterException;
import dev.pawl.policy.PolicyBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What agents put into names, arguments and paths ends in comments, and nothing of it becomes charter. */
final class HostileTextTest {
    private static final Wishes PLAIN = new Wishes(List.of(), false, List.of());
    private static final List<String> ATTACKS = List.of(
            "\n    - host: evil.example",
            "\r\n- host: evil.example\r",
            "\u0085    - host: evil.example",
            "\u2028    - host: evil.example",
            "\u2029    - host: evil.example",
            "\f\u000b    - host: evil.example",
            "\ufffe\uffff\ud800",
            "\udbff\udfff",
            "\u202e\u2066 reversed",
            "\ufeffpurpose: other",
            "\0",
            "# } ] \" ' : - ? & * ! | > % @ `",
            "\\u{a}\\n",
            "\u001b[2J\u001b]0;title\u0007",
            "x".repeat(5_000));

    private final Bench bench;
    private final PolicyBundle base;

    HostileTextTest(@TempDir Path temporary) throws CharterException {
        bench = Bench.in(temporary);
        base = bench.bundle(Bench.MINIMAL);
    }

    @Test
    void eachAttackStaysInItsComment() throws Exception {
        for (String attack : ATTACKS) {
            assertHarmless(attack);
        }
    }

    @Test
    void randomTextStaysInItsComment() throws Exception {
        Random random = new Random(4);
        for (int round = 0; round < 300; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(30); i >= 0; i--) {
                if (random.nextInt(3) == 0) {
                    text.append(ATTACKS.get(random.nextInt(ATTACKS.size() - 1)));
                } else {
                    text.appendCodePoint(random.nextInt(random.nextBoolean() ? 0x300 : 0x110000));
                }
            }
            assertHarmless(text.toString());
        }
    }

    private void assertHarmless(String text) throws IOException, CharterException {
        ProcessInfo agent = new ProcessInfo(41, 40, "/usr/bin/" + text, List.of(text, text, text), text, text);
        String cat = Path.of("/usr/bin/cat").toRealPath().toString();
        Tried run = new Tried(base)
                .by(agent)
                .host("good.example", 443, "tls")
                .resolve(text)
                .address("203.0.113.9", 443, "tls")
                .address("10.0.0.1", 80, "http")
                .exec(cat, text, text)
                .exec("/nowhere/" + text, text)
                .ends("agent", 0);
        String yaml = Proposer.of(base, run.seen, PLAIN).text();
        assertThat(yaml.lines().filter(line -> line.stripLeading().startsWith("#")))
                .allMatch(line -> line.length() < 700)
                .allMatch(line -> line.chars().allMatch(c -> c >= ' ' && c <= '~'));
        Path file = Files.writeString(bench.home().resolve("learned.yaml"), yaml);
        PolicyBundle learned = BundleLoader.load(file, bench.surroundings());
        assertThat(learned.charter().purpose()).isEqualTo(base.charter().purpose());
        assertThat(learned.charter().network().allow())
                .extracting(grant -> grant.host())
                .contains("good.example")
                .noneMatch(host -> host.startsWith("evil"));
        assertThat(learned.charter().network().addresses()).hasSize(1);
    }

    @Test
    void secretsOfArgumentsAreInNoCharter() throws Exception {
        List<List<String>> calls = new ArrayList<>();
        calls.add(List.of("tool", "--token", "abcdefgh12345678"));
        calls.add(List.of("tool", "--password=abcdefgh12345678"));
        calls.add(List.of("tool", "https://ada:abcdefgh12345678@host.example/"));
        calls.add(List.of("tool", "ghp_abcdefgh12345678"));
        calls.add(List.of("tool", "-H", "Authorization: abcdefgh12345678"));
        calls.add(List.of("tool", "-H", "Authorization: Bearer abcdefgh12345678"));
        String cat = Path.of("/usr/bin/cat").toRealPath().toString();
        for (List<String> call : calls) {
            Tried run = new Tried(base)
                    .by(new ProcessInfo(41, 40, "/usr/bin/tool", call, "/w", "dev"))
                    .resolve("a.example")
                    .exec(cat, call.toArray(String[]::new))
                    .ends("agent", 0);
            assertThat(Proposer.of(base, run.seen, PLAIN).text())
                    .as(call.toString())
                    .doesNotContain("abcdefgh12345678");
        }
    }
}
