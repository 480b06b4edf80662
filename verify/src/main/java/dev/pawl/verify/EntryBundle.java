package dev.pawl.verify;

import java.util.Arrays;
import java.util.List;

/** Up to 256 entries one after the other, each behind its length in two bytes (C2SP tlog-tiles). Immutable. */
public final class EntryBundle {
    /** The longest entry. */
    public static final int MAX_ENTRY = 0xffff;

    private final byte[] bytes;
    private final int[] starts;

    private EntryBundle(byte[] bytes, int[] starts) {
        this.bytes = bytes;
        this.starts = starts;
    }

    /** Takes apart what can be: entries up to {@code most}, the last of which is whole. {@link #end} tells what is left. */
    public static EntryBundle split(byte[] bytes, int most) {
        int[] starts = new int[most + 1];
        int count = 0;
        int at = 0;
        while (count < most && at + 2 <= bytes.length && at + 2 + length(bytes, at) <= bytes.length) {
            at += 2 + length(bytes, at);
            starts[++count] = at;
        }
        return new EntryBundle(bytes, Arrays.copyOf(starts, count + 1));
    }

    /** Writes entries behind each other. */
    public static byte[] join(List<byte[]> entries) {
        return join(0, entries);
    }

    /** The same behind {@code before} empty bytes. */
    static byte[] join(int before, List<byte[]> entries) {
        int length = before;
        for (byte[] entry : entries) {
            if (entry.length > MAX_ENTRY) {
                throw new IllegalArgumentException("an entry of " + entry.length + " bytes");
            }
            length = Math.addExact(length, 2 + entry.length);
        }
        byte[] all = new byte[length];
        int at = before;
        for (byte[] entry : entries) {
            all[at] = (byte) (entry.length >> 8);
            all[at + 1] = (byte) entry.length;
            System.arraycopy(entry, 0, all, at + 2, entry.length);
            at += 2 + entry.length;
        }
        return all;
    }

    /** How many whole entries there are. */
    public int count() {
        return starts.length - 1;
    }

    /** Where the last whole entry ends. */
    public int end() {
        return starts[starts.length - 1];
    }

    /** Whether nothing follows the last whole entry. */
    public boolean isWhole() {
        return end() == bytes.length;
    }

    /** One entry. */
    public byte[] entry(int index) {
        return Arrays.copyOfRange(bytes, starts[index] + 2, starts[index + 1]);
    }

    /** The hash of one entry. */
    public Digest leaf(int index, TreeHash hash) {
        return hash.leaf(bytes, starts[index] + 2, starts[index + 1] - starts[index] - 2);
    }

    private static int length(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }
}
