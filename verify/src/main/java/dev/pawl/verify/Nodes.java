package dev.pawl.verify;

import java.io.IOException;

/** Gives hashes of complete subtrees: in memory, or read from tiles. */
@FunctionalInterface
public interface Nodes {
    /**
     * The hash over the 2^{@code height} entries that start at {@code index} times as many.
     *
     * @throws IOException if it cannot be read
     */
    Digest node(int height, long index) throws IOException;
}
