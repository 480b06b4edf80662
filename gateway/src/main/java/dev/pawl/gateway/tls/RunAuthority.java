package dev.pawl.gateway.tls;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The certificate authority of one run. Its agent trusts it, nobody else does: the key is made for the run, is in this
 * process's memory and nowhere else, and is gone with it. Making one costs nothing before its first use. Thread-safe.
 */
public final class RunAuthority {
    /** Certificates are valid from a little before now: clocks of programs are set back, and times are cut to seconds. */
    static final Duration EARLIER = Duration.ofHours(1);

    /** A run that lasts longer loses its inspected hosts: its agent no longer trusts what it is shown. */
    static final Duration LIFETIME = Duration.ofDays(90);

    /** How long a leaf is valid; strict clients refuse those of more than 398 days. */
    static final Duration LEAF_LIFETIME = Duration.ofDays(7);

    private static final int MAX_RUN = 40;
    private static final int LINE = 64;

    private final String name;
    private final Clock clock;
    private @Nullable Issuer issuer;

    /** Keys, once there are any: that of the authority, and the one that all leaves of the run share. */
    private record Issuer(X509Certificate certificate, PrivateKey key, KeyPair leafKey, SecureRandom random) {
        @Override
        public String toString() {
            return "Issuer[" + certificate.getSubjectX500Principal() + "]";
        }
    }

    /**
     * A certificate for one name with its key.
     *
     * @param authority the certificate that signed it
     */
    record Leaf(X509Certificate certificate, PrivateKey key, X509Certificate authority) {
        /** Whether it should no longer be given out: half of its time is over. */
        boolean isOld(Instant now) {
            return now.isAfter(certificate.getNotAfter().toInstant().minus(LEAF_LIFETIME.dividedBy(2)));
        }

        @Override
        public String toString() {
            return "Leaf[" + certificate.getSubjectX500Principal() + "]";
        }
    }

    /** {@code run} is the name of the run, which its certificate bears. */
    public RunAuthority(String run, Clock clock) {
        this.name = "Pawl run " + run.substring(0, Math.min(run.length(), MAX_RUN));
        this.clock = clock;
    }

    /** The certificate an agent has to trust. */
    public X509Certificate certificate() {
        return issuer().certificate;
    }

    /** The same as text (RFC 7468). */
    public String pem() {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(LINE, new byte[] {'\n'})
                            .encodeToString(certificate().getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was decoded can be encoded", e);
        }
    }

    /** A new certificate for one name. */
    Leaf leaf(ServerName host) {
        Issuer known = issuer();
        Instant now = clock.instant();
        Instant end = known.certificate.getNotAfter().toInstant();
        Instant until = now.plus(LEAF_LIFETIME);
        try {
            X509Certificate certificate = Certificates.leaf(
                    known.certificate,
                    known.key,
                    host,
                    known.leafKey.getPublic(),
                    known.random,
                    now.minus(EARLIER),
                    until.isBefore(end) ? until : end);
            return new Leaf(certificate, known.leafKey.getPrivate(), known.certificate);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate cannot be made", e);
        }
    }

    Instant now() {
        return clock.instant();
    }

    private synchronized Issuer issuer() {
        Issuer known = issuer;
        if (known == null) {
            known = make();
            issuer = known;
        }
        return known;
    }

    private Issuer make() {
        Instant now = clock.instant();
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair key = generator.generateKeyPair();
            SecureRandom random = new SecureRandom();
            X509Certificate certificate =
                    Certificates.authority(name, key, random, now.minus(EARLIER), now.plus(LIFETIME));
            return new Issuer(certificate, key.getPrivate(), generator.generateKeyPair(), random);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an authority cannot be made", e);
        }
    }
}
