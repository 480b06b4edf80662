package dev.pawl.verify;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A public key that signs notes, as a C2SP verifier key: {@code name+id+base64(type key)}. Comes from outside, never from
 * where the notes lie. Immutable.
 */
public final class NoteKey {
    /** Signs the text of a note as it is. */
    public static final byte PLAIN = 1;

    /** Signs a checkpoint together with a time (tlog-cosignature). */
    public static final byte COSIGNATURE = 4;

    private static final int MAX_TEXT = 1024;

    private final String name;
    private final byte type;
    private final byte[] encoded;
    private final PublicKey key;

    private NoteKey(String name, byte type, byte[] encoded, PublicKey key) {
        this.name = name;
        this.type = type;
        this.encoded = encoded;
        this.key = key;
    }

    /**
     * A key from its parts.
     *
     * @param encoded 32 bytes as in RFC 8032
     * @throws FormatFault if name or key cannot be one
     */
    public static NoteKey of(String name, byte type, byte[] encoded) throws FormatFault {
        checkName(name);
        if (type != PLAIN && type != COSIGNATURE) {
            throw new FormatFault("a key of unknown type " + type);
        }
        return new NoteKey(name, type, encoded.clone(), Ed25519.key(encoded));
    }

    /**
     * Reads a verifier key.
     *
     * @throws FormatFault if it is none, or its id is not that of its key
     */
    public static NoteKey parse(String text) throws FormatFault {
        String[] parts = text.length() > MAX_TEXT ? new String[0] : text.split("\\+", 3);
        if (parts.length != 3) {
            throw new FormatFault("a verifier key reads name+id+key");
        }
        byte[] typed = Base64Text.decode(parts[2]);
        if (typed.length == 0) {
            throw new FormatFault("a verifier key without a key");
        }
        NoteKey key = of(parts[0], typed[0], Arrays.copyOfRange(typed, 1, typed.length));
        if (!HexFormat.of().toHexDigits(key.id()).equals(parts[1])) {
            throw new FormatFault("the id of the verifier key is not that of its key");
        }
        return key;
    }

    /** The name in signature lines. */
    public String name() {
        return name;
    }

    /** {@link #PLAIN} or {@link #COSIGNATURE}. */
    public byte type() {
        return type;
    }

    /** The first four bytes of SHA-256 over name, line feed, type and key. */
    public int id() {
        MessageDigest sha256 = TreeHash.sha256();
        sha256.update((name + "\n").getBytes(StandardCharsets.UTF_8));
        sha256.update(type);
        byte[] hash = sha256.digest(encoded);
        return (hash[0] & 0xff) << 24 | (hash[1] & 0xff) << 16 | (hash[2] & 0xff) << 8 | (hash[3] & 0xff);
    }

    /** The key as text. */
    public String text() {
        byte[] typed = new byte[1 + encoded.length];
        typed[0] = type;
        System.arraycopy(encoded, 0, typed, 1, encoded.length);
        return name + "+" + HexFormat.of().toHexDigits(id()) + "+"
                + Base64.getEncoder().encodeToString(typed);
    }

    /** Whether a signature line says that it was made with this key. */
    boolean claims(SignedNote.Line line) {
        return line.name().equals(name) && line.id() == id();
    }

    /** Whether {@code signature} (without the id) was made with this key over {@code message}. */
    boolean verify(byte[] message, byte[] signature) {
        return Ed25519.verify(key, message, signature);
    }

    static void checkName(String name) throws FormatFault {
        boolean odd = name.codePoints()
                .anyMatch(c -> c < 0x20 || c == '+' || Character.isSpaceChar(c) || Character.isWhitespace(c));
        if (name.isEmpty() || odd) {
            throw new FormatFault("a key name is empty or holds a space or a plus");
        }
    }
}
