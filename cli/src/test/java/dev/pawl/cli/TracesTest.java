package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.verify.Packed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search that {@link SecretsIT} relies on finds what is there. */
class TracesTest {
    private static final String VALUE = "a \"b\\c/d+e=f&g%h?>";

    private final Traces traces = new Traces(Map.of("value", VALUE));

    @Test
    void findsEveryForm() {
        for (String before : List.of("", "x", "xy", "xyz")) {
            byte[] bytes = (before + VALUE + " and more").getBytes(StandardCharsets.UTF_8);
            assertThat(traces.in(new String(bytes, StandardCharsets.UTF_8))).isPresent();
            assertThat(traces.in(Base64.getEncoder().encodeToString(bytes)))
                    .as(before)
                    .isPresent();
            assertThat(traces.in(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)))
                    .as(before)
                    .isPresent();
            assertThat(traces.in(HexFormat.of().formatHex(bytes))).isPresent();
            assertThat(traces.in(HexFormat.of().withUpperCase().formatHex(bytes)))
                    .isPresent();
        }
        assertThat(traces.in("a%20%22b%5Cc%2Fd%2Be%3Df%26g%25h%3F%3E")).isPresent();
        assertThat(traces.in("a%20%22b%5cc%2fd%2be%3df%26g%25h%3f%3e")).isPresent();
        assertThat(traces.in("{\"x\":\"a \\\"b\\\\c/d+e=f&g%h?>\"}")).isPresent();
        assertThat(traces.in("{\"x\":\"a \\\"b\\\\c\\/d+e=f&g%h?>\"}")).isPresent();
    }

    @Test
    void looksIntoWhatTheLedgerPacks() {
        assertThat(traces.in(Packed.pack(("before " + VALUE).getBytes(StandardCharsets.UTF_8))))
                .contains("value, packed");
    }

    @Test
    void findsFilesByContentAndByName(@TempDir Path directory) throws IOException {
        Path below = Files.createDirectories(directory.resolve("a/b"));
        Files.writeString(below.resolve("other"), VALUE.substring(1));
        assertThat(traces.below(directory)).isEmpty();
        Files.writeString(below.resolve("file"), "x" + VALUE);
        assertThat(traces.below(directory)).contains("value in " + below.resolve("file"));
        Files.delete(below.resolve("file"));
        Files.writeString(below.resolve(HexFormat.of().formatHex(VALUE.getBytes(StandardCharsets.UTF_8))), "");
        assertThat(traces.below(directory)).isPresent();
    }

    @Test
    void findsNothingElse() {
        assertThat(traces.in("a \"b\\c/d+e=f&g%h?")).isEmpty();
        assertThat(traces.in("")).isEmpty();
    }
}
