package dev.pawl.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of authorities are read within limits, and named where they are of no use. */
class ServerTrustTest {
    @TempDir
    private Path directory;

    @Test
    void aFileAddsItsAuthorities() throws Exception {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        X509Certificate root = ((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers()[0];
        Path file = Files.writeString(
                directory.resolve("ca.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder().encodeToString(root.getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        assertThat(((X509TrustManager) ServerTrust.of(List.of(file))).getAcceptedIssuers())
                .contains(root);
    }

    @Test
    void whatIsNoFileOfAuthoritiesIsRefusedByName() throws IOException {
        byte[] content = new byte[ServerTrust.MOST + 1];
        Arrays.fill(content, (byte) '\n');
        Path tooLong = Files.write(directory.resolve("long.pem"), content);
        assertRefused(tooLong, "is longer than");
        assertRefused(Path.of("/dev/zero"), "is no file");
        assertRefused(directory, "is no file");
        assertRefused(directory.resolve("none"), "is no file");
        assertRefused(Files.writeString(directory.resolve("empty.pem"), ""), "holds no certificate");
        assertRefused(
                Files.writeString(
                        directory.resolve("bad.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
                "holds no certificates");
    }

    private static void assertRefused(Path file, String because) {
        assertThatThrownBy(() -> ServerTrust.of(List.of(file)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(because);
    }
}
