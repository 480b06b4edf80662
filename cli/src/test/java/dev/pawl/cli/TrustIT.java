package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run trusts, through the real launcher: its own authority, and only where its charter has something inspected. */
@Timeout(180)
final class TrustIT {
    private static final String INSPECTED = "network: {allow: [{host: a.example, inspect: true}]}\n";
    private static final Path SYSTEM = Path.of("/etc/ssl/certs/ca-certificates.crt");

    @TempDir
    private Path base;

    private Launcher launcher;
    private Path workspace;

    @BeforeEach
    void launcher() throws Exception {
        launcher = new Launcher(base);
        workspace = launcher.workspace("trust");
    }

    @AfterEach
    void close() {
        launcher.close();
    }

    private Ended run(String agent, String rest, String script) throws Exception {
        return launcher.run(launcher.charter(agent, workspace, rest), workspace, "/bin/bash", "-c", script)
                .ended();
    }

    private static X509Certificate certificate(String pem) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void eachRunHasAnAuthorityOfItsOwn() throws Exception {
        Ended first = run("one", INSPECTED, "cat /run/pawl/ca.pem");
        Ended second = run("two", INSPECTED, "cat /run/pawl/ca.pem");
        assertThat(first.code()).as(first.err()).isZero();
        X509Certificate one = certificate(first.out());
        X509Certificate two = certificate(second.out());
        assertThat(one.getPublicKey()).isNotEqualTo(two.getPublicKey());
        assertThat(one.getSubjectX500Principal().getName()).startsWith("CN=Pawl run r-");
        assertThat(one.getSubjectX500Principal()).isNotEqualTo(two.getSubjectX500Principal());
        assertThat(launcher.runFiles()).as("runs").hasSize(2);
    }

    @Test
    void bundleAndSystemsFileHoldTheRootsAndTheAuthority() throws Exception {
        Ended ended = run("roots", INSPECTED, """
                for file in /run/pawl/ca-bundle.pem /etc/ssl/certs/ca-certificates.crt
                do
                  grep -c BEGIN $file
                  tail -n +2 /run/pawl/ca.pem | head -1 | grep -cFf - $file
                done
                """);
        long roots = Files.readString(SYSTEM)
                .lines()
                .filter(line -> line.contains("BEGIN"))
                .count();
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out().lines()).containsExactly(String.valueOf(roots + 1), "1", String.valueOf(roots + 1), "1");
    }

    @Test
    void nobodyInsideCanWriteThem() throws Exception {
        Ended ended = run("write", INSPECTED, """
                for file in /run/pawl/ca.pem /run/pawl/ca-bundle.pem /etc/ssl/certs/ca-certificates.crt
                do
                  { echo x >>$file; } 2>/dev/null && echo written
                  rm -f $file 2>/dev/null && echo removed
                  mv $file /tmp 2>/dev/null && echo moved
                  chmod 600 $file 2>/dev/null && echo changed
                done
                true""");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void aRunWithoutInspectionIsAsItWas() throws Exception {
        Ended ended = run("plain", "network: {allow: [{host: a.example}]}\n", """
                ls /run/pawl; sha256sum </etc/ssl/certs/ca-certificates.crt; env | grep -c /run/pawl/ca""");
        assertThat(ended.out()).contains("charter.md").doesNotContain("ca.pem", "ca-bundle.pem");
        assertThat(ended.out().lines()).last().isEqualTo("0");
    }

    /** A sandbox made ahead has no run yet; what it trusts is that of the run it gets. */
    @Test
    void aSpareTrustsTheRunItIsUsedFor() throws Exception {
        Path charter = launcher.charter("served", workspace, INSPECTED);
        launcher.start(Launcher.NOTHING, base, List.of("up")).says("pawl: up");
        Set<String> authorities = new HashSet<>();
        for (int round = 0; round < 4; round++) {
            Ended ended = launcher.run(
                            charter,
                            workspace,
                            "/bin/bash",
                            "-c",
                            "cat /run/pawl/ca.pem; head -2 /run/pawl/ca.pem | tail -1 | grep -cFf -"
                                    + " /etc/ssl/certs/ca-certificates.crt")
                    .ended();
            assertThat(ended.out()).as(ended.toString()).endsWith("\n1\n");
            authorities.add(ended.out());
        }
        assertThat(authorities).hasSize(4);
        assertThat(launcher.controls("end")).hasSize(4);
    }

    /** The key stays with whoever holds the run; what lies on the disk meanwhile is a certificate, and goes too. */
    @Test
    void noKeyIsEverWritten() throws Exception {
        Ended ended = run("key", INSPECTED, "sleep 0.2; env | grep -c BEGIN; true");
        assertThat(ended.code()).as(ended.err()).isZero();
        try (var files = Files.walk(base)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("PRIVATE KEY", "BEGIN CERTIFICATE");
            }
        }
    }
}
