package dev.pawl.gateway.credentials;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs with AWS Signature Version 4, for one day, region and service. Not thread-safe. */
final class AwsSigner {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private static final HexFormat HEX = HexFormat.of();

    private final String date;
    private final String scope;
    private final byte[] key;

    /**
     * @param date such as {@code 20150830T123600Z}
     * @param scope day, region, service and {@code aws4_request}, with slashes between
     */
    AwsSigner(AwsKey key, String date, String scope) {
        this.date = date;
        this.scope = scope;
        byte[] signing = ("AWS4" + key.secret).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/", -1)) {
            signing = hmac(signing, part);
        }
        this.key = signing;
    }

    /** Of a request in its canonical form. */
    String request(String canonical) {
        return sign(ALGORITHM, digest(canonical.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Of one chunk of a body, behind the signature before it. */
    String chunk(String previous, byte[] content, int from, int length) {
        MessageDigest digest = sha256();
        digest.update(content, from, length);
        return sign(
                ALGORITHM + "-PAYLOAD", previous + "\n" + digest(new byte[0]) + "\n" + HEX.formatHex(digest.digest()));
    }

    /** Of the trailers behind a body, each {@code name:value} with LF. */
    String trailers(String previous, String canonical) {
        return sign(ALGORITHM + "-TRAILER", previous + "\n" + digest(canonical.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private String sign(String kind, String rest) {
        return HEX.formatHex(hmac(key, kind + "\n" + date + "\n" + scope + "\n" + rest));
    }

    private static String digest(byte[] content) {
        return HEX.formatHex(sha256().digest(content));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
