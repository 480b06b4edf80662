package dev.pawl.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.core.SecretGrant;
import dev.pawl.core.SecretGrant.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values come from where they lie whole or not at all, and no message has a part of one. */
@Timeout(60)
class SecretValuesTest {
    private static final String VALUE = "open-sesame-0123";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private static String read(Source source, Map<String, String> environment, Duration patience) throws IOException {
        SecretGrant grant =
                new SecretGrant("secrets[0]", "door", source, "a.example", 443, "DOOR", new SecretGrant.Place.Bearer());
        return SecretValues.read(List.of(grant), environment, patience).markers().stream()
                .filter(marker -> marker.kind().equals("secret"))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static Source shell(String script) {
        return new Source.Command(List.of("/bin/sh", "-c", script));
    }

    private Source file(byte[] content) throws IOException {
        return new Source.File(Files.write(directory.resolve("value"), content));
    }

    private static void assertRefused(Source source, Map<String, String> environment) {
        assertRefused(source, environment, "the secret door");
    }

    private static void assertRefused(Source source, Map<String, String> environment, String... because) {
        assertThatThrownBy(() -> read(source, environment, PATIENCE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the secret door")
                .hasMessageContainingAll(because)
                .message()
                .doesNotContain("sesame");
    }

    @Test
    void eachSourceTellsItWithoutTheEndOfItsLine() throws IOException {
        assertThat(read(new Source.Env("X"), Map.of("X", VALUE), PATIENCE)).isEqualTo(VALUE);
        for (String end : List.of("", "\n", "\r\n")) {
            byte[] content = (VALUE + end).getBytes(StandardCharsets.UTF_8);
            assertThat(read(file(content), Map.of(), PATIENCE)).isEqualTo(VALUE);
        }
        assertThat(read(shell("echo $X"), Map.of("X", VALUE), PATIENCE)).isEqualTo(VALUE);
    }

    @Test
    void whatIsMissingIsSaid() {
        assertRefused(new Source.Env("X"), Map.of(), "X, which is not set");
        assertRefused(new Source.File(directory.resolve("none")), Map.of(), "none, which is no file");
        assertRefused(new Source.File(directory), Map.of(), "which is no file");
        assertRefused(new Source.Command(List.of("/bin/none")), Map.of(), "/bin/none cannot be started");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "short",
                "sesame-sesame\n\n",
                "sesame-\0-sesame",
                "sesame-\t-sesame",
                " sesame-sesame",
                "sesame-s\u00e9same"
            })
    void whatCannotStandInAHeadIsRefused(String value) throws IOException {
        assertRefused(new Source.Env("X"), Map.of("X", value));
        assertRefused(file(value.getBytes(StandardCharsets.UTF_8)), Map.of());
    }

    @Test
    void whatIsNoUtf8IsRefused() throws IOException {
        assertRefused(file(new byte[] {'s', 'e', 's', 'a', 'm', 'e', (byte) 0xff, 'x', 'y'}), Map.of(), "cannot stand");
    }

    @Test
    void whatIsTooLongIsReadNoFurther() throws IOException {
        assertThat(read(file("x".repeat(8192).getBytes(StandardCharsets.UTF_8)), Map.of(), PATIENCE))
                .hasSize(8192);
        assertRefused(file("x".repeat(8193).getBytes(StandardCharsets.UTF_8)), Map.of(), "8 to 8192 are allowed");
        assertRefused(new Source.Command(List.of("/usr/bin/yes", "sesame")), Map.of());
        assertRefused(shell("head -c 100000 /dev/zero | tr '\\0' x"), Map.of(), "8 to 8192 are allowed");
    }

    @ParameterizedTest
    @CsvSource({"echo sesame-sesame; exit 3", "echo sesame-sesame >&2; exit 1", "kill -9 $$"})
    void aCommandThatFailsTellsNothing(String script) {
        assertRefused(shell(script), Map.of(), "its command failed", "try /bin/sh by hand");
    }

    /** What it says beside the value is not the value, and fills no pipe. */
    @Test
    void standardErrorGoesNowhere() throws IOException {
        assertThat(read(shell("head -c 1000000 /dev/zero >&2; echo " + VALUE), Map.of(), PATIENCE))
                .isEqualTo(VALUE);
    }

    @Test
    void aCommandThatHangsIsEndedWithWhatItStarted() throws IOException {
        Path pid = directory.resolve("pid");
        Source source = shell("sleep 1000 & echo $! >" + pid + "; echo sesame-sesame; wait");
        assertThatThrownBy(() -> read(source, Map.of("PATH", "/usr/bin:/bin"), Duration.ofSeconds(1)))
                .hasMessage("the secret door was not told within 1 s");
        long child = Long.parseLong(Files.readString(pid).strip());
        assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive))
                .satisfiesAnyOf(
                        alive -> assertThat(alive).isEmpty(),
                        alive -> assertThat(alive.orElseThrow().onExit().get(10, java.util.concurrent.TimeUnit.SECONDS))
                                .isNotNull());
    }
}
