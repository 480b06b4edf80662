package dev.pawl.cli.run;

import dev.pawl.gateway.tls.RunAuthority;
import dev.pawl.sandbox.Prepared;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/** The content of {@link TrustPlaces} for one run: what the machine trusts, and the run's authority. */
final class TrustFiles {
    /** What everybody's store of authorities is sealed with; it keeps nothing secret. */
    private static final String PASSWORD = "changeit";

    private static final String ALIAS = "pawl-run";

    private final RunAuthority authority;
    private final Consumer<String> toPerson;
    private final FutureTask<Map<Path, byte[]>> making;

    private TrustFiles(RunAuthority authority, List<Path> places, Consumer<String> toPerson) {
        this.authority = authority;
        this.toPerson = toPerson;
        this.making = new FutureTask<>(() -> contents(places));
    }

    /**
     * Makes them beside everything else a run has to do before it starts. Where there are no places, no certificate is
     * made either.
     *
     * @param toPerson is told of what could not be read
     */
    static TrustFiles begin(RunAuthority authority, List<Path> places, Consumer<String> toPerson) {
        TrustFiles files = new TrustFiles(authority, places, toPerson);
        if (places.isEmpty()) {
            files.making.run();
        } else {
            Thread.ofPlatform().daemon().name("pawl-trust").start(files.making);
        }
        return files;
    }

    /**
     * Waits for them and gives them to a sandbox.
     *
     * @throws IOException if one could not be made; the run must not start then
     */
    void fill(Prepared prepared) throws IOException {
        prepared.fill(made());
    }

    /** Waits for them: path inside to content. */
    Map<Path, byte[]> made() throws IOException {
        try {
            return making.get();
        } catch (ExecutionException e) {
            throw new IOException("what the agent is to trust could not be made: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted before the agent started", e);
        }
    }

    /**
     * The content for each.
     *
     * @throws IOException if a file of the machine is gone or grew too large
     */
    private Map<Path, byte[]> contents(List<Path> places) throws IOException {
        Map<Path, byte[]> contents = new HashMap<>();
        for (Path place : places) {
            contents.put(place, content(place));
        }
        return contents;
    }

    private byte[] content(Path place) throws IOException {
        if (place.equals(TrustPlaces.AUTHORITY)) {
            return joined(new byte[0]);
        }
        if (place.equals(TrustPlaces.BUNDLE)) {
            var system =
                    TrustPlaces.BUNDLES.stream().filter(Files::isRegularFile).findFirst();
            return joined(system.isPresent() ? read(system.get()) : new byte[0]);
        }
        byte[] content = read(place);
        return isKeyStore(content) ? store(place, content) : joined(content);
    }

    private static byte[] read(Path file) throws IOException {
        if (Files.size(file) > TrustPlaces.MAX_BYTES) {
            throw new IOException(file + " is too large for a file of certificates");
        }
        return Files.readAllBytes(file);
    }

    private byte[] joined(byte[] others) {
        String text = new String(others, StandardCharsets.ISO_8859_1);
        String gap = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
        return (text + gap + authority.pem()).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** JKS begins with a number of its own, PKCS #12 is a DER sequence; PEM is text. */
    private static boolean isKeyStore(byte[] content) {
        return content.length > 4 && (content[0] == 0x30 || (content[0] == (byte) 0xFE && content[1] == (byte) 0xED));
    }

    /** A store that cannot be read stays as it is: its programs refuse inspected hosts, and the person knows why. */
    private byte[] store(Path place, byte[] content) {
        try {
            // JKS is what every Java reads as its list of authorities.
            KeyStore store = KeyStore.getInstance(place.toFile(), PASSWORD.toCharArray());
            KeyStore copy = KeyStore.getInstance("JKS");
            copy.load(null, null);
            X509Certificate certificate = authority.certificate();
            copy.setCertificateEntry(ALIAS, certificate);
            for (String alias : Collections.list(store.aliases())) {
                if (store.isCertificateEntry(alias)) {
                    copy.setCertificateEntry(alias, store.getCertificate(alias));
                }
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            copy.store(out, PASSWORD.toCharArray());
            return out.toByteArray();
        } catch (GeneralSecurityException | IOException e) {
            toPerson.accept("pawl: " + place + " is shown as it is, so that Java does not trust inspected hosts: " + e);
            return content;
        }
    }
}
