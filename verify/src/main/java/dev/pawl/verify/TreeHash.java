package dev.pawl.verify;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** Merkle tree hashing as in RFC 9162, section 2.1.1, with SHA-256. Not thread-safe. */
public final class TreeHash {
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final MessageDigest sha256 = sha256();
    private final byte[] pair = new byte[1 + 2 * Digest.BYTES];

    public TreeHash() {
        pair[0] = NODE;
    }

    /** The root of a tree without entries. */
    public Digest empty() {
        return Digest.owning(sha256.digest());
    }

    /** The hash of an entry. */
    public Digest leaf(byte[] entry) {
        return leaf(entry, 0, entry.length);
    }

    /** The hash of an entry that stands within other bytes. */
    public Digest leaf(byte[] bytes, int from, int count) {
        sha256.update(LEAF);
        sha256.update(bytes, from, count);
        return Digest.owning(sha256.digest());
    }

    /** The hash over two subtrees. */
    public Digest node(Digest left, Digest right) {
        left.copyTo(pair, 1);
        right.copyTo(pair, 1 + Digest.BYTES);
        return Digest.owning(sha256.digest(pair));
    }

    /** The root over subtrees of one size, the last of which may be smaller. */
    public Digest root(List<Digest> subtrees) {
        if (subtrees.isEmpty()) {
            return empty();
        }
        List<Digest> level = subtrees;
        while (level.size() > 1) {
            List<Digest> above = new ArrayList<>((level.size() + 1) / 2);
            for (int i = 0; i + 1 < level.size(); i += 2) {
                above.add(node(level.get(i), level.get(i + 1)));
            }
            if (level.size() % 2 == 1) {
                above.add(level.getLast());
            }
            level = above;
        }
        return level.getFirst();
    }

    /** Plain SHA-256. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
