package dev.pawl.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.gateway.testing.ManualClock;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RunAuthorityTest {
    private static final Instant NOW = Instant.parse("2026-11-25T08:00:00.5Z");
    private static final int SUBJECT_DNS = 2;
    private static final int SUBJECT_IP = 7;

    private final RunAuthority authority = authority("r-7f3a");

    private static RunAuthority authority(String run) {
        return new RunAuthority(run, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static RunAuthority.Leaf leaf(RunAuthority authority, String host) {
        return authority.leaf(ServerName.parse(host).orElseThrow());
    }

    private static void validate(X509Certificate trusted, Instant at, X509Certificate... chain) throws Exception {
        CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(chain));
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(trusted, null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(at));
        CertPathValidator.getInstance("PKIX").validate(path, parameters);
    }

    @Test
    void theAuthoritySignsLeavesAndNothingElse() throws Exception {
        X509Certificate certificate = authority.certificate();
        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getVersion()).isEqualTo(3);
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=Pawl run r-7f3a,O=Pawl");
        assertThat(certificate.getBasicConstraints()).as("path length").isZero();
        assertThat(certificate.getKeyUsage())
                .containsExactly(false, false, false, false, false, true, true, false, false);
        assertThat(certificate.getCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.19", "2.5.29.15");
        assertThat(certificate.getNonCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.14", "2.5.29.35");
        assertThat(certificate.getNotBefore().toInstant()).isBefore(NOW);
        assertThat(certificate.getPublicKey().getAlgorithm()).isEqualTo("EC");
    }

    @Test
    void aLeafIsOfOneNameAndFewDays() throws Exception {
        X509Certificate leaf = leaf(authority, "API.Example.com.").certificate();
        validate(authority.certificate(), NOW, leaf);
        assertThat(names(leaf)).containsExactly(List.of(SUBJECT_DNS, "api.example.com"));
        assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(leaf.getBasicConstraints()).as("no authority").isEqualTo(-1);
        Duration valid = Duration.between(
                leaf.getNotBefore().toInstant(), leaf.getNotAfter().toInstant());
        assertThat(valid).isLessThan(Duration.ofDays(30));
        assertThatThrownBy(() -> validate(authority.certificate(), NOW.plus(Duration.ofDays(8)), leaf))
                .isInstanceOf(CertPathValidatorException.class);
    }

    @Test
    void addressesAreNamedAsAddresses() throws Exception {
        assertThat(names(leaf(authority, "127.0.0.1").certificate())).containsExactly(List.of(SUBJECT_IP, "127.0.0.1"));
        assertThat(names(leaf(authority, "2001:DB8::1").certificate()))
                .containsExactly(List.of(SUBJECT_IP, "2001:db8:0:0:0:0:0:1"));
    }

    @Test
    void longNamesFit() throws Exception {
        String label = "a".repeat(63);
        String longest = String.join(".", label, label, label, "b".repeat(61));
        X509Certificate leaf = leaf(authority, longest).certificate();
        assertThat(names(leaf)).containsExactly(List.of(SUBJECT_DNS, longest));
        validate(authority.certificate(), NOW, leaf);
    }

    @Test
    void anotherRunDoesNotTrustIt() {
        X509Certificate leaf = leaf(authority("r-other"), "example.com").certificate();
        assertThatThrownBy(() -> validate(authority.certificate(), NOW, leaf))
                .isInstanceOf(CertPathValidatorException.class);
        X509Certificate twin = leaf(authority("r-7f3a"), "example.com").certificate();
        assertThatThrownBy(() -> validate(authority.certificate(), NOW, twin))
                .as("of the same name")
                .isInstanceOf(CertPathValidatorException.class);
    }

    @Test
    void leavesSignNothing() throws Exception {
        X509Certificate first = leaf(authority, "one.example").certificate();
        X509Certificate second = leaf(authority, "two.example").certificate();
        assertThatThrownBy(() -> validate(authority.certificate(), NOW, second, first))
                .isInstanceOf(CertPathValidatorException.class);
        assertThat(first.getPublicKey()).isNotEqualTo(authority.certificate().getPublicKey());
    }

    @Test
    void serialsAreRandomAndPositive() {
        Set<Object> serials = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            X509Certificate leaf = leaf(authority, "example.com").certificate();
            assertThat(leaf.getSerialNumber().signum()).isPositive();
            serials.add(leaf.getSerialNumber());
        }
        assertThat(serials).hasSize(50);
    }

    @Test
    void aLeafNeverOutlivesItsAuthority() {
        ManualClock clock = new ManualClock(NOW);
        RunAuthority aging = new RunAuthority("r", clock);
        Date end = aging.certificate().getNotAfter();
        clock.pass(RunAuthority.LIFETIME.minus(Duration.ofHours(2)));
        assertThat(leaf(aging, "example.com").certificate().getNotAfter()).isEqualTo(end);
    }

    @Test
    void thePemIsTheCertificate() throws Exception {
        String pem = authority.pem();
        assertThat(pem.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(64));
        assertThat(CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo(authority.certificate());
    }

    @Test
    void whatIsNoNameGetsNoCertificate() {
        for (String host : List.of(
                "",
                ".",
                "..",
                "*.example.com",
                "a..b",
                "-a.example",
                "a-.example",
                "a b",
                "a\0b",
                "exämple.com",
                "1.2.3.4.5",
                "256.1.1.1",
                "::g",
                "fe80::1%eth0",
                "[::1]",
                "a/b",
                "a:443",
                "x".repeat(64),
                "a.".repeat(127) + "aa",
                "a".repeat(100_000))) {
            assertThat(ServerName.parse(host)).as(host).isEmpty();
        }
    }

    @Test
    void anyTextIsAnsweredQuickly() {
        Random random = new Random(7);
        String alphabet = "a1.-_:*%\0 Zß[]/";
        int named = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(300);
            for (int j = 0; j < length; j++) {
                text.append(alphabet.charAt(random.nextInt(i % 2 == 0 ? 3 : alphabet.length())));
            }
            named += ServerName.parse(text.toString()).isPresent() ? 1 : 0;
        }
        assertThat(named).isBetween(1, 19_999);
    }

    private static Collection<List<?>> names(X509Certificate leaf) throws Exception {
        Collection<List<?>> names = leaf.getSubjectAlternativeNames();
        return names == null ? List.of() : names;
    }
}
