package dev.pawl.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nearest words, host names and endpoints. */
class WordsTest {
    @ParameterizedTest
    @CsvSource({"'', '', 0", "a, '', 1", "tsl, tls, 1", "kitten, sitting, 3", "ca, abc, 3", "budgte, budget, 1"})
    void distances(String a, String b, int distance) {
        assertThat(Nearest.distance(a, b)).isEqualTo(distance);
        assertThat(Nearest.distance(b, a)).isEqualTo(distance);
    }

    @Test
    void hintsOnlyWhereAWordIsNear() {
        assertThat(Nearest.hint("netwrok", CharterReader.KEYS)).isEqualTo("; did you mean \"network\"?");
        assertThat(Nearest.hint("NETWORK", CharterReader.KEYS)).isEqualTo("; did you mean \"network\"?");
        assertThat(Nearest.hint("zzzzzz", CharterReader.KEYS)).isEmpty();
        assertThat(Nearest.hint("x".repeat(100_000), CharterReader.KEYS)).isEmpty();
        assertThat(Nearest.hint("", List.of("tls"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Example.COM, example.com",
        "example.com., example.com",
        "BÜCHER.example, xn--bcher-kva.example",
        "例え.example, xn--r8jz45g.example",
        "a。example, a.example",
        "_dmarc.example, _dmarc.example",
        "localhost, localhost",
        "1a.example, 1a.example",
    })
    void hostNamesAreMadeComparable(String written, String canonical) {
        assertThat(HostNames.canonical(written)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a..b",
                "-a",
                "a-",
                "a b",
                "a/b",
                "a@b",
                "127.1",
                "2130706433",
                "0x7f000001",
                "1.2.3.4",
                "①.②.③.④",
                "::1",
                "[::1]",
                "fe80::1%eth0",
                "a.0x1",
                "a.example:80",
                "*",
                "a*",
                "a\u0000b",
                "x.1"
            })
    void otherTextsAreNoHostNames(String text) {
        assertThatThrownBy(() -> HostNames.canonical(text)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HostNames.pattern("*." + text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void lengthsOfLabelsAndNames() {
        String label = "a".repeat(63);
        assertThat(HostNames.canonical(label + ".example")).hasSize(71);
        assertThatThrownBy(() -> HostNames.canonical(label + "a.example")).isInstanceOf(IllegalArgumentException.class);
        String longest = String.join(".", label, label, label, "a".repeat(61));
        assertThat(HostNames.canonical(longest)).hasSize(253);
        assertThatThrownBy(() -> HostNames.canonical(longest + "a")).hasMessageContaining("253");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8080, 127.0.0.1:8080",
        "Box.example:1, box.example:1",
        "[::1]:65535, [0:0:0:0:0:0:0:1]:65535",
    })
    void endpoints(String written, String endpoint) {
        assertThat(HostNames.endpoint(written)).hasToString(endpoint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                ":80",
                "a",
                "a:",
                "a:0",
                "a:65536",
                "a:x",
                "a:+1",
                "[]:80",
                "[1.2.3.4]:80",
                "::1:80",
                "[::1",
                "[::1]",
                "127.1:80",
                "a b:1"
            })
    void otherTextsAreNoEndpoints(String text) {
        assertThatThrownBy(() -> HostNames.endpoint(text)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Names come from agents too, through advice: any text is a name or the one exception. */
    @Test
    void anyTextIsANameOrRefused() {
        String alphabet = "aZ09.-_*:/[]% \u0000\u00df\u3002\u200d\ud83d\ude00\u0661xn--";
        int names = 0;
        for (int seed = 0; seed < 10_000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(12), 0, alphabet.length()).forEach(at -> text.append(alphabet.charAt(at)));
            try {
                assertThat(HostNames.canonical(text.toString())).matches("[a-z0-9_.-]{1,253}");
                names++;
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageMatching("(?s)(is|has) .*");
            }
        }
        assertThat(names).isGreaterThan(200);
    }
}
