package dev.pawl.verify;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;

/**
 * A bundle as a gzip file (RFC 1952) that any gunzip reads. Its extra field holds the SHA-256 of all that follows, since
 * gzip has bits that change nothing when they are changed: a file that was touched must show it. Stateless.
 */
public final class Packed {
    /** What the name of a packed file ends in. */
    public static final String SUFFIX = ".gz";

    /** Ten bytes as RFC 1952 has them, with an extra field and nothing else; its length; the field's name and length. */
    private static final byte[] HEAD = HexFormat.of().parseHex("1f8b08040000000000ff" + "2400" + "504c" + "2000");

    private static final int BODY = HEAD.length + Digest.BYTES;

    /** 256 entries, each behind its length. */
    private static final int MOST = TilePath.FULL * (EntryBundle.MAX_ENTRY + 2);

    private Packed() {}

    /** Packs bytes. */
    public static byte[] pack(byte[] content) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
            deflater.setInput(content);
            deflater.finish();
            byte[] block = new byte[1 << 16];
            while (!deflater.finished()) {
                body.write(block, 0, deflater.deflate(block));
            }
        }
        CRC32 sum = new CRC32();
        sum.update(content);
        littleEndian(body, sum.getValue());
        littleEndian(body, content.length);
        byte[] follows = body.toByteArray();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        packed.writeBytes(HEAD);
        packed.writeBytes(TreeHash.sha256().digest(follows));
        packed.writeBytes(follows);
        return packed.toByteArray();
    }

    /** What was packed; empty if the bytes are not as they were written, or more than a bundle can hold. */
    public static Optional<byte[]> unpack(byte[] packed) {
        if (packed.length < BODY || !Arrays.equals(HEAD, Arrays.copyOf(packed, HEAD.length))) {
            return Optional.empty();
        }
        byte[] follows = Arrays.copyOfRange(packed, BODY, packed.length);
        if (!Arrays.equals(
                Arrays.copyOfRange(packed, HEAD.length, BODY), TreeHash.sha256().digest(follows))) {
            return Optional.empty();
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed), 1 << 16)) {
            byte[] content = in.readNBytes(MOST + 1);
            return content.length > MOST ? Optional.empty() : Optional.of(content);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void littleEndian(ByteArrayOutputStream to, long value) {
        for (int shift = 0; shift < 32; shift += 8) {
            to.write((int) (value >> shift));
        }
    }
}
