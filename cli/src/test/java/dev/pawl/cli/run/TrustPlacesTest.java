package dev.pawl.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Charter;
import dev.pawl.policy.BundleLoader;
import dev.pawl.policy.Surroundings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustPlacesTest {
    private static final String TLS = "network: {allow: [{host: a.example, inspect: true}]}\n";
    private static final String HTTP =
            "network: {allow: [{host: a.example, protocol: http, inspect: true}, {host: b.example}]}\n";

    @TempDir
    private Path temporary;

    private Charter charter(String rest) throws Exception {
        Path home = temporary.toRealPath();
        Files.createDirectories(home.resolve("work"));
        Path file = Files.writeString(
                home.resolve("c.yaml"), "agent: a\nowner: {name: Ada}\npurpose: p\nworkspace: work\n" + rest);
        return BundleLoader.load(
                        file, new Surroundings(home, home.resolve(".pawl"), home, "ada", Map.of(), home.resolve("etc")))
                .charter();
    }

    @Test
    void aRunThatIsNotInspectedTrustsNothingMore() throws Exception {
        for (String rest : List.of("", HTTP)) {
            assertThat(TrustPlaces.of(charter(rest), List.of(), List.of())).isEmpty();
            assertThat(TrustPlaces.variables(charter(rest))).isEmpty();
        }
    }

    @Test
    void theAuthorityIsFoundAtPlacesOfPawlsAndOfTheSystem() throws Exception {
        List<Path> places = TrustPlaces.of(charter(TLS), List.of(), List.of());
        assertThat(places).startsWith(Path.of("/run/pawl/ca.pem"), Path.of("/run/pawl/ca-bundle.pem"));
        assertThat(places).doesNotHaveDuplicates();
        for (Path bundle : TrustPlaces.BUNDLES) {
            if (Files.exists(bundle)) {
                assertThat(places).contains(bundle.toRealPath());
            }
        }
    }

    @Test
    void aJdkThatIsShownIsAmongThem() throws Exception {
        Path store = jdk().resolve("lib/security/cacerts");
        Files.writeString(store, "x");
        assertThat(TrustPlaces.of(charter(TLS), List.of(jdk()), List.of())).contains(store);
        assertThat(TrustPlaces.of(charter(TLS), List.of(), List.of())).doesNotContain(store);
        assertThat(TrustPlaces.of(charter(TLS), List.of(jdk()), List.of(jdk())))
                .as("where the agent may write")
                .doesNotContain(store);
    }

    /** An agent that could leave such a link would be shown what it leads to. */
    @Test
    void aLinkOutOfWhatIsShownIsNotFollowed() throws Exception {
        Path secret = Files.writeString(temporary.toRealPath().resolve("secret"), "x");
        Files.createSymbolicLink(jdk().resolve("lib/security/cacerts"), secret);
        assertThat(TrustPlaces.of(charter(TLS), List.of(jdk()), List.of())).doesNotContain(secret);
    }

    private Path jdk() throws Exception {
        Path jdk = temporary.toRealPath().resolve("jdk");
        Files.createDirectories(jdk.resolve("lib/security"));
        return jdk;
    }

    @Test
    void theCharterHasTheLastWordOnVariables() throws Exception {
        String own = TLS + "env: {pass: [PIP_CERT, AWS_CA_BUNDLE], set: {SSL_CERT_FILE: /own.pem}}\n";
        Map<String, String> environment = AgentEnvironment.of(
                charter(own), "ada", "/home/ada", Map.of("PIP_CERT", "/pip.pem", "CURL_CA_BUNDLE", "/not-passed"));
        assertThat(environment)
                .containsEntry("SSL_CERT_FILE", "/own.pem")
                .containsEntry("PIP_CERT", "/pip.pem")
                .containsEntry("AWS_CA_BUNDLE", "/run/pawl/ca-bundle.pem")
                .containsEntry("CURL_CA_BUNDLE", "/run/pawl/ca-bundle.pem")
                .containsEntry("NODE_EXTRA_CA_CERTS", "/run/pawl/ca.pem")
                .doesNotContainKey("SSL_CERT_DIR");
    }
}
