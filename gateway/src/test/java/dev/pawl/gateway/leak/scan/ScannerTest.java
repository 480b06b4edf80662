package dev.pawl.gateway.leak.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.gateway.leak.testing.FalseSecrets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is found, wherever it stands and however the stream is cut. */
@Timeout(60)
class ScannerTest {
    private static final Patterns PATTERNS = new Patterns(List.of(), MarkedFiles.none(), new byte[16]);
    private static final int DRAWN = 200;

    private static List<Finding> scan(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        Scanner scanner = new Scanner(PATTERNS);
        scanner.feed(bytes, 0, bytes.length);
        scanner.finish();
        return scanner.findings();
    }

    private static List<String> kinds(String text) {
        return scan(text).stream().map(Finding::kind).distinct().toList();
    }

    @Test
    void nearlyEverySecretOfEveryKindIsFound() {
        Random random = new Random(1);
        Map<String, Integer> missed = new TreeMap<>();
        FalseSecrets.makers().forEach((name, maker) -> {
            for (int i = 0; i < DRAWN; i++) {
                String secret = maker.apply(random);
                if (!kinds("some words, then \"" + secret + "\" and more\n").contains(FalseSecrets.kind(name))) {
                    missed.merge(name, 1, Integer::sum);
                }
            }
        });
        // What is told from words by its entropy alone is mistaken for words now and then.
        assertThat(missed)
                .allSatisfy((name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(DRAWN / 33));
    }

    @Test
    void cutsChangeNothing() {
        Random random = new Random(2);
        List<Function<Random, String>> makers =
                new ArrayList<>(FalseSecrets.makers().values());
        for (int round = 0; round < 60; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 4; i++) {
                text.append("lorem ipsum dolor: ".repeat(random.nextInt(300)));
                text.append(makers.get(random.nextInt(makers.size())).apply(random))
                        .append("\n");
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
            Scanner whole = new Scanner(PATTERNS);
            whole.feed(bytes, 0, bytes.length);
            whole.finish();
            Scanner pieces = new Scanner(PATTERNS);
            int most = round % 3 == 0 ? 1 : 1 + random.nextInt(5000);
            for (int at = 0; at < bytes.length; ) {
                int length = Math.min(bytes.length - at, 1 + random.nextInt(most));
                pieces.feed(bytes, at, length);
                at += length;
            }
            pieces.finish();
            assertThat(new TreeSet<>(
                            pieces.findings().stream().map(Finding::toString).toList()))
                    .as("round " + round)
                    .isEqualTo(new TreeSet<>(
                            whole.findings().stream().map(Finding::toString).toList()))
                    .isNotEmpty();
        }
    }

    @Test
    void nothingOfASecretIsLetGoBeforeItIsFound() {
        Random random = new Random(3);
        FalseSecrets.makers().forEach((name, maker) -> {
            String before = "words before it = ";
            byte[] bytes = (before + maker.apply(random) + " ").getBytes(StandardCharsets.ISO_8859_1);
            Scanner scanner = new Scanner(PATTERNS);
            long freed = 0;
            int at = 0;
            while (at < bytes.length && scanner.clean()) {
                freed = scanner.held();
                scanner.feed(bytes, at++, 1);
            }
            scanner.finish();
            // An anchor tells nothing; a name such as "aws_access_key_id" or the user of an address stands before one.
            long secret =
                    scanner.findings().stream().mapToLong(Finding::start).min().orElse(-1);
            if (secret >= 0) {
                assertThat(freed).as(name).isLessThanOrEqualTo(secret + 20);
            }
        });
    }

    @Test
    void examplesAndPlaceholdersAreNoSecrets() {
        assertThat(List.of(
                        "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
                        "if (text.startsWith(\"-----BEGIN RSA PRIVATE KEY-----\")) { return parsePrivateKeyFromPem(text); }",
                        "-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYDVQQGEwJJ\n",
                        "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                        "ghp_ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
                        "AKIAIOSFODNN7EXAMPLE alone",
                        "sk-ant-api03-your-key-here, sk-loading-spinner-with-a-very-long-name-indeed",
                        "OPENAI_API_KEY=sk-...",
                        "postgres://user:password@localhost:5432/db",
                        "postgres://$USER:$PASSWORD@db:5432/app",
                        "password = os.environ['DB_PASSWORD']",
                        "const token = request.headers['x-csrf-token'].toString();",
                        "\"secret\": \"change-me-please-really\"",
                        "max_tokens: 4096, token_type: bearer",
                        "\"integrity\": \"sha512-9JfEQjhtbUe5bBG4Yw5Rk3uS7R6W1Ws7EvqXSPXJ3QNJvVTEd==\""))
                .allSatisfy(text -> assertThat(kinds(text)).as(text).isEmpty());
    }

    @Test
    void theKnownExampleOfAChecksumHolds() {
        // From a description of the format; revoked long ago.
        assertThat(kinds("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")).containsExactly("github-token");
        assertThat(kinds("ghp_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq18")).isEmpty();
    }

    @Test
    void whereSecretsTouchOtherText() {
        String token = FalseSecrets.one("stripe-key", new Random(4));
        assertThat(List.of(
                        "\\n" + token + "\\n",
                        "%20" + token + "%22",
                        "k=" + token + "&",
                        "<a>" + token + "</a>",
                        "\\u0022" + token + "\\u0022",
                        "https://h/p/" + token + "/x"))
                .allSatisfy(text -> assertThat(kinds(text)).as(text).containsExactly("stripe-key"));
    }

    @Test
    void findingsNeverHoldTheText() {
        String secret = FalseSecrets.one("anthropic-key", new Random(5));
        assertThat(scan(secret).toString()).doesNotContain(secret.substring(8, 20));
        assertThat(scan(secret).getFirst().fingerprint())
                .isEqualTo(scan(" " + secret).getFirst().fingerprint());
    }
}
