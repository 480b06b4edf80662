package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An authority and a server's certificate, made by the JDK's keytool: what the outside shows the gateway. */
final class TestCertificates {
    private static final String PASSWORD = "secret";

    private final Path store;

    /** Makes both in an empty place; the certificate is for these hosts. */
    TestCertificates(Path directory, String... hosts) throws IOException {
        store = directory.resolve("upstream.p12");
        String names = Stream.of(hosts).map(host -> "dns:" + host).collect(Collectors.joining(","));
        keytool("-alias", "ca", "-dname", "CN=Upstream authority", "-ext", "bc:c");
        keytool("-alias", "server", "-dname", "CN=Upstream", "-signer", "ca", "-ext", "san=" + names);
    }

    /** What a server needs. */
    SSLContext server() throws IOException, GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        KeyStore one = keys();
        one.deleteEntry("ca");
        keys.init(one, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /** The server's key, for programs that read PEM. */
    Path serverKey() throws IOException, GeneralSecurityException {
        Key key = keys().getKey("server", PASSWORD.toCharArray());
        return pem("upstream.key", "PRIVATE KEY", key.getEncoded());
    }

    /** The server's certificate, for programs that read PEM. */
    Path serverCertificate() throws IOException, GeneralSecurityException {
        return pem(
                "upstream.pem", "CERTIFICATE", keys().getCertificate("server").getEncoded());
    }

    /** A file with the authority, for {@code network.authorities} of a charter. */
    Path authority() throws IOException, GeneralSecurityException {
        return pem("upstream-ca.pem", "CERTIFICATE", keys().getCertificate("ca").getEncoded());
    }

    private Path pem(String file, String kind, byte[] encoded) throws IOException {
        return Files.writeString(
                store.resolveSibling(file),
                "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(encoded) + "\n-----END "
                        + kind + "-----\n");
    }

    /** A file with the server's key and certificate, for a server that is no Java. */
    Path pem() throws IOException, GeneralSecurityException {
        KeyStore store = keys();
        byte[] key = store.getKey("server", PASSWORD.toCharArray()).getEncoded();
        byte[] certificate = store.getCertificate("server").getEncoded();
        return Files.writeString(
                this.store.resolveSibling("upstream-server.pem"),
                block("PRIVATE KEY", key) + block("CERTIFICATE", certificate));
    }

    private static String block(String kind, byte[] encoded) {
        return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(encoded) + "\n-----END " + kind
                + "-----\n";
    }

    private KeyStore keys() throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    }

    private void keytool(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/keytool"));
        command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        command.addAll(Arrays.asList(words));
        Path log = store.resolveSibling("keytool.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor()).as(Files.readString(log)).isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
