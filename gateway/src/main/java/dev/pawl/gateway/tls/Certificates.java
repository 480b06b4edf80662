package dev.pawl.gateway.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;

/**
 * Writes certificates after RFC 5280: two kinds, always of the same shape, signed by the JDK with ECDSA on P-256. Any
 * library that could do this costs the start of a run more than all the rest of it (docs/decisions/019).
 */
final class Certificates {
    /** ub-common-name of RFC 5280. */
    private static final int MAX_COMMON_NAME = 64;

    private static final int SERIAL_BITS = 127;
    private static final int KEY_ID_BYTES = 20;
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private static final byte[] ORGANIZATION = Der.oid("55040A");
    private static final byte[] COMMON_NAME = Der.oid("550403");
    private static final byte[] SUBJECT_KEY = Der.oid("551D0E");
    private static final byte[] KEY_USAGE = Der.oid("551D0F");
    private static final byte[] ALTERNATIVE_NAME = Der.oid("551D11");
    private static final byte[] BASIC_CONSTRAINTS = Der.oid("551D13");
    private static final byte[] AUTHORITY_KEY = Der.oid("551D23");
    private static final byte[] EXTENDED_KEY_USAGE = Der.oid("551D25");
    /** 1.3.6.1.5.5.7.3.1 */
    private static final byte[] SERVER = Der.oid("2B06010505070301");
    /** ecdsa-with-SHA256, 1.2.840.10045.4.3.2, which has no parameters (RFC 5758). */
    private static final byte[] SIGNATURE = Der.sequence(Der.oid("2A8648CE3D040302"));

    /** keyCertSign and cRLSign, bits 5 and 6 of 7. */
    private static final byte[] SIGNS_CERTIFICATES = Der.bits(1, new byte[] {0x06});
    /** digitalSignature, bit 0. */
    private static final byte[] SIGNS_HANDSHAKES = Der.bits(7, new byte[] {(byte) 0x80});

    private Certificates() {}

    /** A certificate that signs itself and may sign leaves and nothing else. */
    static X509Certificate authority(String commonName, KeyPair key, SecureRandom random, Instant from, Instant until)
            throws GeneralSecurityException {
        byte[] name = name(commonName);
        byte[] extensions = Der.sequence(
                critical(BASIC_CONSTRAINTS, Der.sequence(Der.yes(), Der.integer(BigInteger.ZERO))),
                critical(KEY_USAGE, SIGNS_CERTIFICATES),
                extension(SUBJECT_KEY, Der.octets(keyId(key.getPublic()))),
                extension(AUTHORITY_KEY, Der.sequence(Der.tagged(0, keyId(key.getPublic())))));
        return signed(key.getPrivate(), random, name, validity(from, until), name, key.getPublic(), extensions);
    }

    /** A certificate of a server with one name. */
    static X509Certificate leaf(
            X509Certificate issuer,
            PrivateKey issuerKey,
            ServerName host,
            PublicKey key,
            SecureRandom random,
            Instant from,
            Instant until)
            throws GeneralSecurityException {
        // Clients read the alternative name; the subject is for people and has less room than a name may need.
        byte[] subject = name(host.text().length() <= MAX_COMMON_NAME ? host.text() : "inspected");
        byte[] extensions = Der.sequence(
                critical(BASIC_CONSTRAINTS, Der.sequence()),
                critical(KEY_USAGE, SIGNS_HANDSHAKES),
                extension(EXTENDED_KEY_USAGE, Der.sequence(SERVER)),
                extension(SUBJECT_KEY, Der.octets(keyId(key))),
                extension(AUTHORITY_KEY, Der.sequence(Der.tagged(0, keyId(issuer.getPublicKey())))),
                extension(ALTERNATIVE_NAME, Der.sequence(alternative(host))));
        byte[] issuerName = issuer.getSubjectX500Principal().getEncoded();
        return signed(issuerKey, random, issuerName, validity(from, until), subject, key, extensions);
    }

    private static byte[] alternative(ServerName host) {
        return switch (host) {
            case ServerName.Dns(String text) -> Der.tagged(DNS_NAME, text.getBytes(StandardCharsets.US_ASCII));
            case ServerName.Ip(var address) -> Der.tagged(IP_ADDRESS, address.getAddress());
        };
    }

    private static byte[] validity(Instant from, Instant until) {
        return Der.sequence(Der.time(from), Der.time(until));
    }

    private static byte[] extension(byte[] kind, byte[] content) {
        return Der.sequence(kind, Der.octets(content));
    }

    private static byte[] critical(byte[] kind, byte[] content) {
        return Der.sequence(kind, Der.yes(), Der.octets(content));
    }

    private static byte[] name(String commonName) {
        return Der.sequence(
                Der.set(Der.sequence(ORGANIZATION, Der.utf8("Pawl"))),
                Der.set(Der.sequence(COMMON_NAME, Der.utf8(commonName))));
    }

    /** Method 1 of RFC 7093, over the whole key information. */
    private static byte[] keyId(PublicKey key) throws GeneralSecurityException {
        return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()), KEY_ID_BYTES);
    }

    private static X509Certificate signed(
            PrivateKey signer,
            SecureRandom random,
            byte[] issuer,
            byte[] validity,
            byte[] subject,
            PublicKey key,
            byte[] extensions)
            throws GeneralSecurityException {
        byte[] content = Der.sequence(
                Der.around(0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE)),
                SIGNATURE,
                issuer,
                validity,
                subject,
                key.getEncoded(),
                Der.around(3, extensions));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(signer);
        signature.update(content);
        byte[] encoded = Der.sequence(content, SIGNATURE, Der.bits(0, signature.sign()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
    }
}
