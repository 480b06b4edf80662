package dev.pawl.gateway.leak.scan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Files of which no part may leave, as hashes of pieces. Immutable; made by {@link Builder}.
 *
 * <p>Of a file every piece of {@value #PIECE} letters and digits that begins at a multiple of {@value #STRIDE} is hashed; of a
 * stream every piece is (Rabin's rolling hash). So whoever sends {@value #PIECE} + {@value #STRIDE} - 1 of them in a row
 * sends a piece that is known. Only letters and digits count, without case: quoting, other line ends, other blanks
 * change nothing.
 */
public final class MarkedFiles {
    /** Letters and digits of a piece. */
    static final int PIECE = 32;

    static final int STRIDE = 16;
    /** Pieces that must be seen, one near the other, so that one common phrase is no leak. Of a smaller file: all it has. */
    static final int NEEDED = 3;

    /** Bytes of all files together. */
    public static final int MOST_BYTES = 32 << 20;

    public static final int MOST_FILES = 4096;

    static final MarkedFiles NONE = new Builder().build();

    private static final int DIFFERENT = 8;

    private final long[] table;
    private final byte[] needed;
    private final long[] filter;

    private MarkedFiles(List<Piece> pieces) {
        int size = Integer.highestOneBit(Math.max(16, pieces.size() * 2)) * 2;
        table = new long[size];
        needed = new byte[size];
        filter = new long[Math.max(64, size / 8)];
        for (Piece piece : pieces) {
            int at = slot(piece.hash);
            while (table[at] != 0 && table[at] != piece.hash) {
                at = (at + 1) & (size - 1);
            }
            table[at] = piece.hash;
            needed[at] = (byte) piece.needed;
            int bit = bit(piece.hash);
            filter[bit >>> 6] |= 1L << bit;
        }
    }

    private record Piece(long hash, int needed) {}

    /** No file at all. */
    public static MarkedFiles none() {
        return NONE;
    }

    /** Whether no piece of any file is known. */
    public boolean isEmpty() {
        return Arrays.stream(table).allMatch(hash -> hash == 0);
    }

    /** How many pieces must be seen before one of this hash is a leak; 0 if the hash is unknown. */
    int needed(long hash) {
        int bit = bit(hash);
        if ((filter[bit >>> 6] & 1L << bit) == 0) {
            return 0;
        }
        for (int at = slot(hash); table[at] != 0; at = (at + 1) & (table.length - 1)) {
            if (table[at] == hash) {
                return needed[at];
            }
        }
        return 0;
    }

    private int slot(long hash) {
        return (int) ((hash * 0x9E3779B97F4A7C15L) >>> 40) & (table.length - 1);
    }

    private int bit(long hash) {
        return (int) ((hash * 0xD6E8FEB86659FD93L) >>> 36) & (filter.length * 64 - 1);
    }

    /** Takes files, as long as there is room. Not thread-safe. */
    public static final class Builder {
        private final List<Piece> pieces = new ArrayList<>();
        private int files;
        private long bytes;

        /** Whether it was taken: false where that would be too many files or bytes. */
        public boolean add(byte[] content) {
            if (files == MOST_FILES || bytes + content.length > MOST_BYTES) {
                return false;
            }
            files++;
            bytes += content.length;
            List<Long> hashes = new ArrayList<>();
            Pieces stream = new Pieces();
            int[] count = new int[1];
            stream.each(content, 0, content.length, (hash, at) -> {
                if (count[0]++ % STRIDE == 0 && stream.varied(DIFFERENT)) {
                    hashes.add(hash);
                }
            });
            hashes.forEach(hash -> pieces.add(new Piece(hash, Math.min(NEEDED, hashes.size()))));
            return true;
        }

        public MarkedFiles build() {
            return new MarkedFiles(pieces);
        }
    }
}
