package dev.pawl.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.gateway.tls.RunAuthority;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustFilesTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path temporary;

    private final RunAuthority authority = new RunAuthority("r-1", Clock.systemUTC());
    private final RunAuthority other = new RunAuthority("r-other", Clock.systemUTC());
    private final List<String> told = new ArrayList<>();

    private byte[] made(Path place) throws IOException {
        Map<Path, byte[]> made =
                TrustFiles.begin(authority, List.of(place), told::add).made();
        assertThat(made).containsOnlyKeys(place);
        return Objects.requireNonNull(made.get(place));
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.US_ASCII);
    }

    private Path store(String type, String password) throws Exception {
        KeyStore store = KeyStore.getInstance(type);
        store.load(null, null);
        store.setCertificateEntry("old", other.certificate());
        Path file = temporary.resolve("cacerts");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
        }
        return file;
    }

    @Test
    void theAuthorityComesAloneAndWithTheSystems() throws Exception {
        assertThat(text(made(TrustPlaces.AUTHORITY))).isEqualTo(authority.pem());
        assertThat(text(made(TrustPlaces.BUNDLE))).endsWith("\n" + authority.pem());
    }

    @Test
    void aFileOfTheMachineIsKeptAsItIsAndContinued() throws Exception {
        Path file =
                Files.writeString(temporary.resolve("bundle.crt"), other.pem().stripTrailing());
        assertThat(text(made(file))).isEqualTo(other.pem() + authority.pem());
        assertThat(Files.readString(file)).isEqualTo(other.pem().stripTrailing());
    }

    @ParameterizedTest
    @CsvSource({"JKS", "PKCS12"})
    void aStoreOfJavasHoldsBoth(String type) throws Exception {
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(new ByteArrayInputStream(made(store(type, "changeit"))), PASSWORD);
        assertThat(store.getCertificate("pawl-run")).isEqualTo(authority.certificate());
        assertThat(store.getCertificate("old")).isEqualTo(other.certificate());
        assertThat(store.size()).isEqualTo(2);
        assertThat(told).isEmpty();
    }

    @Test
    void aStoreThatCannotBeReadStaysAndThatIsSaid() throws Exception {
        Path sealed = store("JKS", "of their own");
        assertThat(made(sealed)).isEqualTo(Files.readAllBytes(sealed));
        assertThat(told).singleElement().asString().contains(sealed + " is shown as it is");
    }

    @Test
    void aFileThatIsGoneOrTooLargeStopsTheStart() throws Exception {
        assertThatThrownBy(() -> made(temporary.resolve("gone")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("what the agent is to trust");
        Path large = temporary.resolve("large");
        try (var file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(TrustPlaces.MAX_BYTES + 1);
        }
        assertThatThrownBy(() -> made(large)).isInstanceOf(IOException.class).hasMessageContaining("too large");
    }

    @Test
    void nothingIsMadeForARunThatNeedsNothing() throws Exception {
        assertThat(TrustFiles.begin(authority, List.of(), told::add).made()).isEmpty();
    }
}
