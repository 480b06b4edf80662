package dev.pawl.verify;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;

/**
 * Ed25519 by the JDK with stricter points than RFC 8032 asks for: encodings that are not canonical and points of small
 * order are refused as key and in a signature, so that one key and one text have no signature that others would read
 * differently.
 */
final class Ed25519 {
    static final int KEY_BYTES = 32;
    static final int SIGNATURE_BYTES = 64;

    private static final BigInteger PRIME = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));

    /** The y coordinates of the eight points whose order divides the cofactor. */
    private static final Set<BigInteger> SMALL_ORDER = Set.of(
            BigInteger.ZERO,
            BigInteger.ONE,
            PRIME.subtract(BigInteger.ONE),
            littleEndian("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
            littleEndian("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"));

    private Ed25519() {}

    static PublicKey key(byte[] encoded) throws FormatFault {
        if (encoded.length != KEY_BYTES || !isAcceptable(encoded)) {
            throw new FormatFault("not an Ed25519 key");
        }
        try {
            EdECPoint point = new EdECPoint((encoded[31] & 0x80) != 0, y(encoded));
            return KeyFactory.getInstance("Ed25519")
                    .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
        } catch (GeneralSecurityException e) {
            throw new FormatFault("not an Ed25519 key");
        }
    }

    static boolean verify(PublicKey key, byte[] message, byte[] signature) {
        if (signature.length != SIGNATURE_BYTES || !isAcceptable(Arrays.copyOf(signature, KEY_BYTES))) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean isAcceptable(byte[] point) {
        BigInteger y = y(point);
        return y.compareTo(PRIME) < 0 && !SMALL_ORDER.contains(y);
    }

    private static BigInteger y(byte[] point) {
        byte[] bigEndian = new byte[point.length];
        for (int i = 0; i < point.length; i++) {
            bigEndian[i] = point[point.length - 1 - i];
        }
        bigEndian[0] &= 0x7f;
        return new BigInteger(1, bigEndian);
    }

    private static BigInteger littleEndian(String hex) {
        return y(HexFormat.of().parseHex(hex));
    }
}
