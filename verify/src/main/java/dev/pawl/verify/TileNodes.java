package dev.pawl.verify;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Hashes of subtrees, read from the tiles of a log of known size. Holds the last few tiles. Not thread-safe. */
public final class TileNodes implements Nodes {
    private static final int KEPT = 64;

    private final TileSource source;
    private final TreeHash hash;
    private final long size;
    private final Map<TilePath, List<Digest>> kept = new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<TilePath, List<Digest>> eldest) {
            return size() > KEPT;
        }
    };

    public TileNodes(TileSource source, TreeHash hash, long size) {
        this.source = source;
        this.hash = hash;
        this.size = size;
    }

    @Override
    public Digest node(int height, long index) throws IOException {
        int level = height / 8;
        long first = index << (height % 8);
        int at = (int) (first % TilePath.FULL);
        int count = 1 << (height % 8);
        List<Digest> tile = tile(TilePath.in(size, level, first / TilePath.FULL));
        if (at + count > tile.size()) {
            throw new IOException("a log of " + size + " entries has no such hash");
        }
        return hash.root(new ArrayList<>(tile.subList(at, at + count)));
    }

    /**
     * All hashes of a tile.
     *
     * @throws IOException if it is missing or too short
     */
    public List<Digest> tile(TilePath path) throws IOException {
        List<Digest> found = kept.get(path);
        if (found == null) {
            byte[] bytes = source.tile(path).orElseThrow(() -> new IOException(path.text() + " is missing"));
            if (bytes.length < path.width() * Digest.BYTES) {
                throw new IOException(path.text() + " is too short");
            }
            found = TileTree.hashes(bytes, path.width());
            kept.put(path, found);
        }
        return found;
    }
}
