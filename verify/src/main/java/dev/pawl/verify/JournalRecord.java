package dev.pawl.verify;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * What was appended to the journal in one batch: entries that follow each other. A batch is there as a whole or not at
 * all. In the file: magic (4 bytes), length of what follows the head (4), index of the first entry (8), number of entries
 * (4), CRC-32 over all but these four bytes (4), then the entries as in a bundle. Big-endian.
 *
 * @param length bytes in the file, head included
 */
public record JournalRecord(long first, EntryBundle entries, int length) {
    /** Bytes before the entries. */
    public static final int HEAD = 24;

    /** The most bytes one record may have. */
    public static final int MAX_BYTES = 64 << 20;

    private static final int MAGIC = 0x504a4c31;
    private static final int CRC_AT = 20;

    /** Encodes a batch. */
    public static byte[] encode(long first, List<byte[]> entries) {
        byte[] record = EntryBundle.join(HEAD, entries);
        ByteBuffer head = ByteBuffer.wrap(record);
        head.putInt(MAGIC).putInt(record.length - HEAD).putLong(first).putInt(entries.size());
        head.putInt(CRC_AT, crc(record, 0, record.length));
        return record;
    }

    /** How long the record that begins here says it is; 0 if no record begins here. */
    public static int length(byte[] bytes, int at) {
        if (bytes.length - at < HEAD) {
            return 0;
        }
        ByteBuffer head = ByteBuffer.wrap(bytes, at, HEAD);
        int magic = head.getInt();
        int body = head.getInt();
        return magic == MAGIC && body >= 0 && body <= MAX_BYTES - HEAD ? HEAD + body : 0;
    }

    /** The index of the first entry, as the head of a record says. */
    public static long first(byte[] head) {
        return ByteBuffer.wrap(head).getLong(8);
    }

    /** The record that begins here; empty if there is none, or not a whole and sound one. */
    public static Optional<JournalRecord> read(byte[] bytes, int at) {
        int length = length(bytes, at);
        if (length == 0 || length > bytes.length - at) {
            return Optional.empty();
        }
        ByteBuffer head = ByteBuffer.wrap(bytes, at + 8, HEAD - 8);
        long first = head.getLong();
        int count = head.getInt();
        if (head.getInt() != crc(bytes, at, length) || first < 0 || count < 1 || count > length) {
            return Optional.empty();
        }
        EntryBundle entries = EntryBundle.split(Arrays.copyOfRange(bytes, at + HEAD, at + length), count);
        return entries.count() == count && entries.isWhole()
                ? Optional.of(new JournalRecord(first, entries, length))
                : Optional.empty();
    }

    private static int crc(byte[] bytes, int at, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, at, CRC_AT);
        crc.update(bytes, at + HEAD, length - HEAD);
        return (int) crc.getValue();
    }
}
