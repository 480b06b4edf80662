package dev.pawl.cli.run;

import dev.pawl.core.Charter;
import dev.pawl.core.Protocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Where programs of a run look for the authorities they trust. Only a run whose charter has an inspected grant of TLS gets
 * one more: at two places of Pawl's, named by variables, and over the system's own files, for what reads no variable.
 */
final class TrustPlaces {
    /** The run's authority alone, for programs that add to what they trust. */
    static final Path AUTHORITY = Path.of("/run/pawl/ca.pem");

    /** The system's authorities and the run's, for programs that trust what they are given in place of their own. */
    static final Path BUNDLE = Path.of("/run/pawl/ca-bundle.pem");

    /** The largest file of authorities that is copied, bytes; usual ones have a quarter of a megabyte. */
    static final long MAX_BYTES = 16 << 20;

    /** Debian and its like, Fedora and its like, OpenSSL's own. The first that exists is the system's. */
    static final List<Path> BUNDLES = List.of(
            Path.of("/etc/ssl/certs/ca-certificates.crt"),
            Path.of("/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"),
            Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
            Path.of("/etc/pki/tls/cert.pem"),
            Path.of("/etc/ssl/cert.pem"),
            Path.of("/usr/lib/ssl/cert.pem"));

    private static final List<Path> JAVA_STORES =
            List.of(Path.of("/etc/ssl/certs/java/cacerts"), Path.of("/etc/pki/ca-trust/extracted/java/cacerts"));

    private static final List<Path> SYSTEM = List.of(Path.of("/usr"), Path.of("/etc/ssl"), Path.of("/etc/pki"));

    private static final Path JDKS = Path.of("/usr/lib/jvm");
    private static final List<String> IN_A_JDK = List.of("lib/security/cacerts", "jre/lib/security/cacerts");

    private static final List<String> READ_BUNDLE = List.of(
            "SSL_CERT_FILE",
            "CURL_CA_BUNDLE",
            "REQUESTS_CA_BUNDLE",
            "PIP_CERT",
            "HTTPLIB2_CA_CERTS",
            "GIT_SSL_CAINFO",
            "AWS_CA_BUNDLE",
            "CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE",
            "GRPC_DEFAULT_SSL_ROOTS_FILE_PATH",
            "CARGO_HTTP_CAINFO",
            "CODEX_CA_CERTIFICATE",
            "NIX_SSL_CERT_FILE",
            "PERL_LWP_SSL_CA_FILE",
            "npm_config_cafile");

    private static final List<String> READ_AUTHORITY = List.of("NODE_EXTRA_CA_CERTS", "DENO_CERT");

    private TrustPlaces() {}

    /** Whether the agent of this charter meets certificates of its run. */
    static boolean wanted(Charter charter) {
        return charter.network().allow().stream()
                .anyMatch(grant ->
                        grant.protocol() == Protocol.TLS && grant.inspection().isPresent());
    }

    /**
     * Files to show in place of those of the machine: their real paths, since a mount on a link would be one on its target.
     * What is in them is read out here and shown inside, so a link that an agent left where it may write must not lead
     * anywhere: only files of the system and of directories the agent cannot change count.
     *
     * @param read real paths the agent sees, which may be a JDK's home
     * @param writable real paths an agent may have written to
     */
    static List<Path> of(Charter charter, Collection<Path> read, Collection<Path> writable) {
        if (!wanted(charter)) {
            return List.of();
        }
        TreeSet<Path> found = new TreeSet<>();
        Stream.of(BUNDLES.stream(), JAVA_STORES.stream(), stores(read))
                .flatMap(each -> each)
                .filter(file -> Files.isRegularFile(file) && file.toFile().length() <= MAX_BYTES)
                .map(TrustPlaces::real)
                .filter(file -> isBelow(file, SYSTEM) || isBelow(file, read))
                .filter(file -> !isBelow(file, writable))
                .forEach(found::add);
        List<Path> places = new ArrayList<>(List.of(AUTHORITY, BUNDLE));
        places.addAll(found);
        return places;
    }

    /** What an agent of this charter finds in its environment, unless the charter says otherwise. */
    static Map<String, String> variables(Charter charter) {
        Map<String, String> variables = new TreeMap<>();
        if (wanted(charter)) {
            READ_BUNDLE.forEach(name -> variables.put(name, BUNDLE.toString()));
            READ_AUTHORITY.forEach(name -> variables.put(name, AUTHORITY.toString()));
        }
        return variables;
    }

    private static Stream<Path> stores(Collection<Path> read) {
        List<Path> homes = new ArrayList<>(read);
        if (Files.isDirectory(JDKS)) {
            try (Stream<Path> jdks = Files.list(JDKS)) {
                jdks.forEach(homes::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return homes.stream().flatMap(home -> IN_A_JDK.stream().map(home::resolve));
    }

    private static boolean isBelow(Path file, Collection<Path> directories) {
        return directories.stream().anyMatch(file::startsWith);
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
