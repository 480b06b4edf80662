package dev.pawl.gateway.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whom the gateway believes when it asks a server who it is: the roots of the JDK, and those a charter names. */
public final class ServerTrust {
    /** Bytes of one file: ten times what all the public authorities take. */
    static final int MOST = 4 << 20;

    private ServerTrust() {}

    /**
     * Verifies servers against both.
     *
     * @param files certificates in PEM
     * @throws IOException if one cannot be read, naming it
     */
    public static TrustManager of(List<Path> files) throws IOException {
        try {
            X509TrustManager usual = manager(null);
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (X509Certificate root : usual.getAcceptedIssuers()) {
                store.setCertificateEntry("usual-" + number++, root);
            }
            for (Path file : files) {
                for (Certificate root : certificates(file)) {
                    store.setCertificateEntry("named-" + number++, root);
                }
            }
            return manager(store);
        } catch (GeneralSecurityException e) {
            throw new IOException("the authorities for servers could not be put together: " + e.getMessage(), e);
        }
    }

    private static List<Certificate> certificates(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is no file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] text = in.readNBytes(MOST + 1);
            if (text.length > MOST) {
                throw new IOException(file + " is longer than " + MOST + " bytes");
            }
            List<Certificate> found = new ArrayList<>(
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(text)));
            if (found.isEmpty()) {
                throw new IOException(file + " holds no certificate");
            }
            return found;
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " holds no certificates in PEM: " + e.getMessage(), e);
        }
    }

    @SuppressWarnings("NullAway") // null is the JDK's own store
    private static X509TrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager found) {
                return found;
            }
        }
        throw new GeneralSecurityException("this Java verifies no certificates");
    }
}
