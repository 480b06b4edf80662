package dev.pawl.verify;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Makes proofs as in RFC 9162, sections 2.1.3.1 and 2.1.4.1. Not thread-safe. */
public final class ProofBuilder {
    private final TreeHash hash;
    private final Nodes nodes;

    public ProofBuilder(TreeHash hash, Nodes nodes) {
        this.hash = hash;
        this.nodes = nodes;
    }

    /**
     * The root of the first {@code size} entries.
     *
     * @throws IOException if a hash cannot be read
     */
    public Digest root(long size) throws IOException {
        return size == 0 ? hash.empty() : range(0, size);
    }

    /**
     * The hashes that lead from entry {@code index} to the root of a tree of {@code size} entries, lowest first.
     *
     * @throws IOException if a hash cannot be read
     */
    public List<Digest> inclusion(long index, long size) throws IOException {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("entry " + index + " of " + size);
        }
        List<Digest> proof = new ArrayList<>();
        long from = 0;
        long to = size;
        while (to - from > 1) {
            long middle = from + split(to - from);
            boolean left = index < middle;
            proof.addFirst(left ? range(middle, to) : range(from, middle));
            from = left ? from : middle;
            to = left ? middle : to;
        }
        return proof;
    }

    /**
     * The hashes that show that a tree of {@code size2} entries begins with the one of {@code size1}.
     *
     * @throws IOException if a hash cannot be read
     */
    public List<Digest> consistency(long size1, long size2) throws IOException {
        if (size1 < 0 || size1 > size2) {
            throw new IllegalArgumentException("size " + size1 + " before " + size2);
        }
        List<Digest> proof = new ArrayList<>();
        if (size1 == 0) {
            return proof;
        }
        long from = 0;
        long to = size2;
        while (to != size1) {
            long middle = from + split(to - from);
            boolean left = size1 <= middle;
            proof.addFirst(left ? range(middle, to) : range(from, middle));
            from = left ? from : middle;
            to = left ? middle : to;
        }
        if (from != 0) {
            proof.addFirst(range(from, to));
        }
        return proof;
    }

    private Digest range(long from, long to) throws IOException {
        long length = to - from;
        if (Long.bitCount(length) == 1) {
            int height = Long.numberOfTrailingZeros(length);
            return nodes.node(height, from >> height);
        }
        long middle = from + split(length);
        return hash.node(range(from, middle), range(middle, to));
    }

    /** The largest power of two below {@code length}. */
    private static long split(long length) {
        return Long.highestOneBit(length - 1);
    }
}
