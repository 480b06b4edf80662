package dev.pawl.sandbox.programs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The part of an ELF header (elf(5)) that leads to the name of a dynamic loader. Little-endian files only, as are the
 * machines Pawl runs on.
 *
 * @param wide whether addresses have 64 bits
 * @param tableAt where the program headers are, and their number and size
 */
record ElfHeader(boolean wide, long tableAt, int entries, int entrySize) {
    private static final int MAGIC = 0x464C457F;
    private static final int LITTLE_ENDIAN = 1;
    private static final int PT_INTERP = 3;
    /** Programs have about 13 entries of 56 bytes. The kernel takes a page of them at most. */
    private static final int MAX_TABLE = 4096;

    private static final int MAX_NAME = 4096;

    /** A stretch of the file. */
    record Part(long at, int size) {}

    static Optional<ElfHeader> of(byte[] head) {
        ByteBuffer bytes = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        if (head.length < 64 || bytes.getInt(0) != MAGIC || head[5] != LITTLE_ENDIAN) {
            return Optional.empty();
        }
        boolean wide = head[4] == 2;
        long at = wide ? bytes.getLong(32) : Integer.toUnsignedLong(bytes.getInt(28));
        int entrySize = Short.toUnsignedInt(bytes.getShort(wide ? 54 : 42));
        int entries = Short.toUnsignedInt(bytes.getShort(wide ? 56 : 44));
        boolean sound = at >= 0 && entrySize == (wide ? 56 : 32) && entries * entrySize <= MAX_TABLE;
        return sound ? Optional.of(new ElfHeader(wide, at, entries, entrySize)) : Optional.empty();
    }

    int tableSize() {
        return entries * entrySize;
    }

    /** Where the loader's name is, if there is one. */
    Optional<Part> loader(ByteBuffer table) {
        for (int at = 0; at + entrySize <= table.limit(); at += entrySize) {
            if (table.getInt(at) == PT_INTERP) {
                long offset = wide ? table.getLong(at + 8) : Integer.toUnsignedLong(table.getInt(at + 4));
                long size = wide ? table.getLong(at + 32) : Integer.toUnsignedLong(table.getInt(at + 16));
                if (offset < 0 || size < 2 || size > MAX_NAME) {
                    throw new IllegalArgumentException("no name of a loader");
                }
                return Optional.of(new Part(offset, (int) size));
            }
        }
        return Optional.empty();
    }
}
