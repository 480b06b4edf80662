package dev.pawl.verify;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A SHA-256 hash. Immutable. */
public final class Digest {
    public static final int BYTES = 32;

    private final byte[] bytes;

    private Digest(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Copies a hash out of a larger array. */
    public static Digest at(byte[] bytes, int from) {
        return new Digest(Arrays.copyOfRange(bytes, from, from + BYTES));
    }

    /** Takes over an array of {@value #BYTES} bytes that nobody changes any more. */
    static Digest owning(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a hash of " + bytes.length + " bytes");
        }
        return new Digest(bytes);
    }

    /**
     * Reads base 64 as this class writes it.
     *
     * @throws FormatFault if it is anything else
     */
    public static Digest parse(String base64) throws FormatFault {
        byte[] bytes = Base64Text.decode(base64);
        if (bytes.length != BYTES) {
            throw new FormatFault("a hash has " + BYTES + " bytes, not " + bytes.length);
        }
        return new Digest(bytes);
    }

    /** Standard base 64 (RFC 4648, section 4). */
    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Writes the hash into a larger array. */
    public void copyTo(byte[] to, int at) {
        System.arraycopy(bytes, 0, to, at, BYTES);
    }

    byte[] raw() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest digest && Arrays.equals(bytes, digest.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
