package dev.pawl.verify;

import java.util.List;

/**
 * Checks proofs of RFC 9162, sections 2.1.3.2 and 2.1.4.2, and those about subtrees (draft-ietf-plants-merkle-tree-certs,
 * section 4). Stateless but for the hash; not thread-safe.
 */
public final class Proofs {
    private final TreeHash hash;

    public Proofs(TreeHash hash) {
        this.hash = hash;
    }

    /** Whether {@code leaf} is entry {@code index} of the tree with this size and root. */
    public boolean inclusion(long index, long size, Digest leaf, List<Digest> proof, Digest root) {
        return subtreeInclusion(index, 0, size, leaf, proof, root);
    }

    /** Whether {@code leaf} is entry {@code index} of the subtree from {@code start} to before {@code end}. */
    public boolean subtreeInclusion(long index, long start, long end, Digest leaf, List<Digest> proof, Digest root) {
        if (!isSubtree(start, end) || index < start || index >= end) {
            return false;
        }
        long first = index - start;
        long last = end - start - 1;
        Digest computed = leaf;
        for (Digest sibling : proof) {
            if (last == 0) {
                return false;
            }
            if ((first & 1) == 1 || first == last) {
                computed = hash.node(sibling, computed);
                for (; (first & 1) == 0; first >>= 1) {
                    last >>= 1;
                }
            } else {
                computed = hash.node(computed, sibling);
            }
            first >>= 1;
            last >>= 1;
        }
        return last == 0 && computed.equals(root);
    }

    /** Whether the tree of the larger size begins with the tree of the smaller one, which is not empty. */
    public boolean consistency(long size1, long size2, Digest root1, Digest root2, List<Digest> proof) {
        return size1 > 0 && subtreeConsistency(0, size1, size2, root1, root2, proof);
    }

    /** Whether a tree of {@code size} entries holds this subtree; an empty one is held by every tree. */
    public boolean subtreeConsistency(
            long start, long end, long size, Digest subtree, Digest root, List<Digest> proof) {
        if (start >= 0 && start == end) {
            return end <= size && proof.isEmpty() && subtree.equals(hash.empty());
        }
        if (!isSubtree(start, end) || end > size) {
            return false;
        }
        long first = start;
        long last = end - 1;
        long rest = size - 1;
        boolean rightmost = last == rest;
        while (first != last && (rightmost || (last & 1) == 1)) {
            first >>= 1;
            last >>= 1;
            rest >>= 1;
        }
        // A subtree that is no node of the tree is made of the first hash of the proof and what follows on its left.
        boolean node = first == last;
        if (!node && proof.isEmpty()) {
            return false;
        }
        Digest small = node ? subtree : proof.getFirst();
        Digest large = small;
        for (Digest sibling : node ? proof : proof.subList(1, proof.size())) {
            if (rest == 0) {
                return false;
            }
            if ((last & 1) == 1 || last == rest) {
                small = first < last ? hash.node(sibling, small) : small;
                large = hash.node(sibling, large);
                for (; (last & 1) == 0; last >>= 1) {
                    first >>= 1;
                    rest >>= 1;
                }
            } else {
                large = hash.node(large, sibling);
            }
            first >>= 1;
            last >>= 1;
            rest >>= 1;
        }
        return rest == 0 && small.equals(subtree) && large.equals(root);
    }

    /** Whether a range starts at a multiple of the power of two its length fits in. */
    private static boolean isSubtree(long start, long end) {
        if (start < 0 || start >= end || end > 1L << 62) {
            return false;
        }
        long length = end - start;
        long room = Long.highestOneBit(length) == length ? length : Long.highestOneBit(length) << 1;
        return start % room == 0;
    }
}
