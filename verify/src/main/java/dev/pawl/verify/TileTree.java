package dev.pawl.verify;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A growing tree, kept as the tiles that are not full yet: for each level the hashes that no tile above has taken in.
 * That is enough to make every tile and the root. Not thread-safe.
 */
public final class TileTree {
    private final TreeHash hash;
    private final List<List<Digest>> levels = new ArrayList<>();
    private long size;

    /** Takes tiles as they fill up, lowest level first, or those that are left open. */
    @FunctionalInterface
    public interface Tiles {
        /** One tile; {@code hashes} is valid during the call only. */
        void tile(TilePath path, List<Digest> hashes) throws IOException;
    }

    public TileTree(TreeHash hash) {
        this.hash = hash;
    }

    /**
     * Takes up a tree where its open tiles were left.
     *
     * @param open the hashes of the open tile of each level, lowest first
     */
    public TileTree(TreeHash hash, List<List<Digest>> open) {
        this(hash);
        for (int level = 0; level < open.size(); level++) {
            levels.add(new ArrayList<>(open.get(level)));
            size += (long) open.get(level).size() << (8 * level);
        }
    }

    /** How many entries the tree has. */
    public long size() {
        return size;
    }

    /**
     * Adds an entry.
     *
     * @param full takes each tile that this entry fills
     * @throws IOException if {@code full} threw it; the tree must then be thrown away
     */
    public void add(Digest leaf, Tiles full) throws IOException {
        size++;
        Digest next = leaf;
        for (int level = 0; ; level++) {
            if (level == levels.size()) {
                levels.add(new ArrayList<>(TilePath.FULL));
            }
            List<Digest> tile = levels.get(level);
            tile.add(next);
            if (tile.size() < TilePath.FULL) {
                return;
            }
            full.tile(TilePath.full(level, (size >> (8 * (level + 1))) - 1), tile);
            next = hash.root(tile);
            tile.clear();
        }
    }

    /**
     * Hands over every open tile that is not empty, lowest level first.
     *
     * @throws IOException if {@code to} threw it
     */
    public void open(Tiles to) throws IOException {
        for (int level = 0; level < levels.size(); level++) {
            List<Digest> tile = levels.get(level);
            if (!tile.isEmpty()) {
                to.tile(new TilePath(level, size >> (8 * (level + 1)), tile.size()), tile);
            }
        }
    }

    /** The root over all entries. */
    public Digest root() {
        List<Digest> right = new ArrayList<>();
        for (List<Digest> level : levels) {
            List<Digest> all = new ArrayList<>(level);
            all.addAll(right);
            right = all.isEmpty() ? all : List.of(hash.root(all));
        }
        return hash.root(right);
    }

    /** The bytes of a tile. */
    public static byte[] bytes(List<Digest> hashes) {
        byte[] bytes = new byte[hashes.size() * Digest.BYTES];
        for (int i = 0; i < hashes.size(); i++) {
            hashes.get(i).copyTo(bytes, i * Digest.BYTES);
        }
        return bytes;
    }

    /** The first {@code width} hashes of a tile's bytes. */
    public static List<Digest> hashes(byte[] tile, int width) {
        List<Digest> hashes = new ArrayList<>(width);
        for (int i = 0; i < width; i++) {
            hashes.add(Digest.at(tile, i * Digest.BYTES));
        }
        return hashes;
    }
}
