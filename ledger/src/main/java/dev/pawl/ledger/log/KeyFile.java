package dev.pawl.ledger.log;

import dev.pawl.verify.FormatFault;
import dev.pawl.verify.NoteKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The key of a log on disk: one line with the secret ({@code PRIVATE+KEY+name+id+key}, as Go's note package writes it) and
 * one with the verifier key.
 */
public final class KeyFile {
    private static final String SECRET = "PRIVATE+KEY+";
    private static final int NAME_BYTES = 8;

    private KeyFile() {}

    /**
     * Reads a key, or makes one where there is none yet.
     *
     * @param mayMake whether one may be made: never for a log that has something in it
     * @throws IOException if it cannot be read or made
     */
    public static LogSigner open(Disk disk, Path file, boolean mayMake) throws IOException {
        byte[] random = new byte[NAME_BYTES];
        new SecureRandom().nextBytes(random);
        return open(disk, file, mayMake, "pawl.local/" + HexFormat.of().formatHex(random), NoteKey.PLAIN);
    }

    /**
     * The same for a key with another name and purpose.
     *
     * @param name of a key that is made
     * @param type {@link NoteKey#PLAIN} or {@link NoteKey#COSIGNATURE}
     * @throws IOException if it cannot be read or made, or is one for something else
     */
    public static LogSigner open(Disk disk, Path file, boolean mayMake, String name, byte type) throws IOException {
        Optional<byte[]> content = disk.read(file);
        if (content.isEmpty()) {
            if (!mayMake) {
                throw new IOException("the key of the log is missing: " + file);
            }
            Path making = file.resolveSibling("." + file.getFileName() + ".new");
            disk.write(making, make(name, type));
            disk.sync(making);
            disk.rename(making, file);
            disk.sync(parent(file));
            content = disk.read(file);
        }
        try {
            LogSigner signer = parse(new String(content.orElseThrow(), StandardCharsets.UTF_8));
            if (signer.key().type() != type) {
                throw new IOException(file + " is a key for something else");
            }
            return signer;
        } catch (FormatFault | GeneralSecurityException e) {
            throw new IOException(file + " is no key of a log", e);
        }
    }

    private static LogSigner parse(String text) throws FormatFault, GeneralSecurityException {
        List<String> lines = text.lines().toList();
        String[] parts = lines.size() < 2 ? new String[0] : lines.getFirst().split("\\+", 5);
        if (parts.length != 5 || !lines.getFirst().startsWith(SECRET)) {
            throw new FormatFault("not a signing key");
        }
        NoteKey key = NoteKey.parse(lines.get(1));
        byte[] typed = Base64.getDecoder().decode(parts[4]);
        byte[] seed = Arrays.copyOfRange(typed, 1, typed.length);
        PrivateKey secret = KeyFactory.getInstance("Ed25519")
                .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
        return new LogSigner(key, secret);
    }

    private static byte[] make(String name, byte type) throws IOException {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            NoteKey key = NoteKey.of(name, type, encoded((EdECPublicKey) pair.getPublic()));
            byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            byte[] typed = new byte[1 + seed.length];
            typed[0] = type;
            System.arraycopy(seed, 0, typed, 1, seed.length);
            String id = HexFormat.of().toHexDigits(key.id());
            String secret = SECRET + name + "+" + id + "+" + Base64.getEncoder().encodeToString(typed);
            return (secret + "\n" + key.text() + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | FormatFault e) {
            throw new IOException("no key could be made", e);
        }
    }

    /** RFC 8032, section 5.1.2: y little-endian, the sign of x in the last bit. */
    private static byte[] encoded(EdECPublicKey key) {
        byte[] bigEndian = key.getPoint().getY().toByteArray();
        byte[] encoded = new byte[32];
        for (int i = 0; i < bigEndian.length && i < encoded.length; i++) {
            encoded[i] = bigEndian[bigEndian.length - 1 - i];
        }
        encoded[31] |= key.getPoint().isXOdd() ? (byte) 0x80 : 0;
        return encoded;
    }

    static Path parent(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("a path without a directory: " + path);
        }
        return parent;
    }
}
