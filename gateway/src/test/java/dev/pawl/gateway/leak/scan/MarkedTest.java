package dev.pawl.gateway.leak.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.gateway.leak.testing.FalseSecrets;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Texts and files that were marked, in every writing that is promised. */
class MarkedTest {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789 (){}=;\n";

    private static List<String> kinds(Patterns patterns, String text) {
        Scanner scanner = new Scanner(patterns);
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 0; at < bytes.length; at += 7) {
            scanner.feed(bytes, at, Math.min(7, bytes.length - at));
        }
        scanner.finish();
        return scanner.findings().stream().map(Finding::kind).distinct().toList();
    }

    private static Patterns marking(String... values) {
        return new Patterns(
                List.of(values).stream()
                        .map(value -> new Marker("decoy", value, Optional.empty()))
                        .toList(),
                MarkedFiles.none(),
                new byte[16]);
    }

    @Test
    void aMarkerIsFoundInEveryWriting() {
        String value = "q7/Zk+9 \"pw\"\\x?=&\u00e9end\n";
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        String raw = new String(bytes, StandardCharsets.ISO_8859_1);
        Patterns patterns = marking(value);
        String json = raw.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        for (String form : List.of(
                raw,
                new StringBuilder(raw).reverse().toString(),
                HexFormat.of().formatHex(bytes),
                HexFormat.of().withUpperCase().formatHex(bytes),
                json,
                json.replace("/", "\\/"),
                URLEncoder.encode(value, StandardCharsets.UTF_8),
                URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"))) {
            assertThat(kinds(patterns, "before " + form + " after")).as(form).containsExactly("decoy");
            assertThat(kinds(patterns, "before " + form.substring(0, form.length() - 1)))
                    .isEmpty();
        }
        for (int shift = 0; shift < 3; shift++) {
            byte[] longer = ("xyz".substring(0, shift) + raw + "tail").getBytes(StandardCharsets.ISO_8859_1);
            assertThat(kinds(patterns, Base64.getEncoder().encodeToString(longer)))
                    .containsExactly("decoy");
            assertThat(kinds(patterns, Base64.getUrlEncoder().encodeToString(longer)))
                    .containsExactly("decoy");
        }
    }

    @Test
    void manyMarkersThatBeginAlikeAreToldApart() {
        Random random = new Random(1);
        String[] values = new String[Patterns.MOST_MARKERS];
        for (int i = 0; i < values.length; i++) {
            values[i] = "same-beginning-" + FalseSecrets.text(random, LETTERS, 20);
        }
        Patterns patterns = marking(values);
        assertThat(kinds(patterns, values[500])).containsExactly("decoy");
        assertThat(kinds(patterns, "same-beginning-of-none")).isEmpty();
        assertThatThrownBy(() -> new Marker("decoy", "short", Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new Marker("decoy", values[0], Optional.empty()).toString()).doesNotContain("same");
    }

    @Test
    void anyFortySevenLettersOfAMarkedFileAreKnownAndThreePiecesAreALeak() {
        Random random = new Random(2);
        String file = FalseSecrets.text(random, LETTERS, 20_000);
        MarkedFiles.Builder builder = new MarkedFiles.Builder();
        assertThat(builder.add(file.getBytes(StandardCharsets.ISO_8859_1))).isTrue();
        Patterns patterns = new Patterns(List.of(), builder.build(), new byte[16]);
        for (int i = 0; i < 200; i++) {
            int from = random.nextInt(file.length() - 200);
            String part = file.substring(from, from + 150);
            assertThat(kinds(patterns, "I quote: " + part)).as(part).containsExactly("marked-file");
            assertThat(kinds(
                            patterns, "{\"text\":\"" + part.replace("\n", "\\n").replace(" ", "") + "\"}"))
                    .containsExactly("marked-file");
            assertThat(kinds(patterns, part.substring(0, 30))).isEmpty();
        }
        assertThat(kinds(patterns, FalseSecrets.text(random, LETTERS, 100_000))).isEmpty();
    }

    @Test
    void aMarkedFileIsFoundAfterEdits() {
        Random random = new Random(3);
        String file = FalseSecrets.text(random, LETTERS, 3000);
        MarkedFiles.Builder builder = new MarkedFiles.Builder();
        builder.add(file.getBytes(StandardCharsets.ISO_8859_1));
        Patterns patterns = new Patterns(List.of(), builder.build(), new byte[16]);
        StringBuilder edited = new StringBuilder();
        for (int at = 0; at < file.length(); at += 100) {
            edited.append("  // ")
                    .append(file.substring(at, Math.min(file.length(), at + 90)).toUpperCase(java.util.Locale.ROOT))
                    .append("\r\n");
        }
        assertThat(kinds(patterns, edited.toString())).containsExactly("marked-file");
    }

    @Test
    void partsSentBitByBitAreKeptBackFromTheFirstKnownPieceOn() {
        Random random = new Random(4);
        String file = FalseSecrets.text(random, "abcdefghijklmnopqrstuvwxyz0123456789", 500);
        MarkedFiles.Builder builder = new MarkedFiles.Builder();
        builder.add(file.getBytes(StandardCharsets.ISO_8859_1));
        Scanner scanner = new Scanner(new Patterns(List.of(), builder.build(), new byte[16]));
        byte[] bytes = file.getBytes(StandardCharsets.ISO_8859_1);
        long freed = 0;
        int at = 0;
        while (scanner.clean()) {
            freed = Math.max(freed, scanner.held());
            scanner.feed(bytes, at++, 1);
        }
        assertThat(freed).isLessThan(MarkedFiles.PIECE + MarkedFiles.STRIDE);
    }

    @Test
    void thereIsRoomForSoMuchAndNoMore() {
        MarkedFiles.Builder builder = new MarkedFiles.Builder();
        assertThat(builder.add(new byte[MarkedFiles.MOST_BYTES])).isTrue();
        assertThat(builder.add(new byte[1])).isFalse();
        assertThat(builder.build().isEmpty()).isTrue();
    }
}
