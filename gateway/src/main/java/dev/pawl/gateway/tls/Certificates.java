package dev.pawl.gateway.tls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
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
import java.util.Date;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;

/** Writes certificates after RFC 5280. The JDK makes keys and signs; this only lays out what is signed. */
final class Certificates {
    /** ub-common-name of RFC 5280. */
    private static final int MAX_COMMON_NAME = 64;

    private static final String SIGNATURE = "SHA256withECDSA";
    private static final int SERIAL_BITS = 127;
    private static final int KEY_ID_BYTES = 20;

    private Certificates() {}

    /** A certificate that signs itself and may sign leaves and nothing else. */
    static X509Certificate authority(String commonName, KeyPair key, SecureRandom random, Instant from, Instant until)
            throws GeneralSecurityException, IOException {
        X500Name name = name(commonName);
        X509v3CertificateBuilder builder = builder(name, name, key.getPublic(), random, from, until);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        builder.addExtension(
                Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(keyId(key.getPublic())));
        return signed(builder, key.getPrivate());
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
            throws GeneralSecurityException, IOException {
        X500Name issuerName =
                X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded());
        // Clients read the alternative name; the subject is for people and has less room than a name may need.
        X500Name subject = name(host.text().length() <= MAX_COMMON_NAME ? host.text() : "inspected");
        X509v3CertificateBuilder builder = builder(issuerName, subject, key, random, from, until);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        builder.addExtension(
                Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(keyId(issuer.getPublicKey())));
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternative(host)));
        return signed(builder, issuerKey);
    }

    private static GeneralName alternative(ServerName host) {
        return switch (host) {
            case ServerName.Dns(String text) -> new GeneralName(GeneralName.dNSName, text);
            case ServerName.Ip(var address) ->
                new GeneralName(GeneralName.iPAddress, new DEROctetString(address.getAddress()));
        };
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, PublicKey key, SecureRandom random, Instant from, Instant until)
            throws GeneralSecurityException, IOException {
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE),
                Date.from(from),
                Date.from(until),
                subject,
                SubjectPublicKeyInfo.getInstance(key.getEncoded()));
        builder.addExtension(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(keyId(key)));
        return builder;
    }

    private static X500Name name(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, new DERUTF8String("Pawl"))
                .addRDN(BCStyle.CN, new DERUTF8String(commonName))
                .build();
    }

    /** Method 1 of RFC 7093, over the whole key information. */
    private static byte[] keyId(PublicKey key) throws GeneralSecurityException {
        return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()), KEY_ID_BYTES);
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException, IOException {
        byte[] encoded = builder.build(new Signer(key)).getEncoded();
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
    }

    /** Signs with the JDK. */
    private record Signer(PrivateKey key, ByteArrayOutputStream content) implements ContentSigner {
        Signer(PrivateKey key) {
            this(key, new ByteArrayOutputStream());
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        }

        @Override
        public OutputStream getOutputStream() {
            return content;
        }

        @Override
        public byte[] getSignature() {
            try {
                Signature signature = Signature.getInstance(SIGNATURE);
                signature.initSign(key);
                signature.update(content.toByteArray());
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java signs with P-256", e);
            }
        }
    }
}
