package dev.pawl.ledger.log;

import dev.pawl.verify.Digest;
import dev.pawl.verify.EntryBundle;
import dev.pawl.verify.TilePath;
import dev.pawl.verify.TileSource;
import dev.pawl.verify.TileTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads and writes the tiles of a log, and knows which are not on the disk for certain. Not thread-safe. */
final class TileFiles {
    private final Disk disk;
    private final Places places;
    private final TileSource source;
    private final Set<TilePath> unsynced = new LinkedHashSet<>();

    TileFiles(Disk disk, Places places) {
        this.disk = disk;
        this.places = places;
        this.source = path -> disk.read(places.root().resolve(path));
    }

    /** The hashes of the open tile of each level of a log of {@code size} entries. */
    List<List<Digest>> openAt(long size) throws IOException {
        List<List<Digest>> open = new ArrayList<>();
        for (int level = 0; size >> (8 * level) > 0; level++) {
            TilePath path = openTile(size, level);
            open.add(
                    path.width() == 0
                            ? List.of()
                            : TileTree.hashes(bytes(path, path.width() * Digest.BYTES), path.width()));
        }
        return open;
    }

    /** The entries of the bundle that is not full in a log of {@code size} entries. */
    List<byte[]> bundleAt(long size) throws IOException {
        List<byte[]> entries = new ArrayList<>();
        TilePath path = openTile(size, TilePath.ENTRIES);
        if (path.width() > 0) {
            EntryBundle bundle = EntryBundle.split(bytes(path, 0), path.width());
            if (bundle.count() < path.width()) {
                throw new IOException(path.text() + " is too short");
            }
            for (int i = 0; i < path.width(); i++) {
                entries.add(bundle.entry(i));
            }
        }
        return entries;
    }

    /**
     * Makes a tile unless it is there already. Nobody reads one before it was signed for, and who signs puts it: so a new one
     * needs no other name to be written under. One that is there may be read, and is replaced as a whole.
     */
    void put(TilePath tile, byte[] content) throws IOException {
        Path file = places.root().resolve(tile.text());
        unsynced.add(tile);
        Optional<byte[]> there = disk.read(file);
        if (there.isPresent() && Arrays.equals(there.get(), content)) {
            return;
        }
        if (there.isEmpty()) {
            disk.makeDirectories(KeyFile.parent(file));
            disk.write(file, content);
        } else {
            disk.write(places.making(), content);
            disk.rename(places.making(), file);
        }
    }

    /**
     * Takes away partial tiles that are not the beginning of this one: the machine died before they were on the disk, and
     * before anybody signed them.
     */
    void prune(TilePath tile, byte[] content) throws IOException {
        Path directory = partials(tile);
        for (String name : disk.list(directory)) {
            Path file = directory.resolve(name);
            Optional<TilePath> partial =
                    TilePath.parse(places.root().relativize(file).toString());
            if (partial.isEmpty()
                    || partial.get().width() > tile.width()
                    || !partial.get().isBeginning(disk.read(file).orElseGet(() -> new byte[0]), content)) {
                disk.delete(file);
            }
        }
    }

    /** Prunes every tile that is not full in a log of this size. */
    void pruneOpen(TileTree tree, List<byte[]> bundle) throws IOException {
        prune(openTile(tree.size(), TilePath.ENTRIES), EntryBundle.join(bundle));
        List<TilePath> empty = new ArrayList<>();
        for (int level = 0; level == 0 || tree.size() >> (8 * level) > 0; level++) {
            empty.add(openTile(tree.size(), level));
        }
        tree.open((path, hashes) -> {
            prune(path, TileTree.bytes(hashes));
            empty.remove(path);
        });
        for (TilePath path : empty) {
            prune(path, new byte[0]);
        }
    }

    /** Makes the tiles that are not full. */
    void open(TileTree tree, List<byte[]> bundle) throws IOException {
        tree.open((path, hashes) -> put(path, TileTree.bytes(hashes)));
        if (!bundle.isEmpty()) {
            put(openTile(tree.size(), TilePath.ENTRIES), EntryBundle.join(bundle));
        }
    }

    /** Brings to the disk what was put; then takes away partial tiles that a full one has made superfluous. */
    void sync() throws IOException {
        Set<Path> directories = new LinkedHashSet<>();
        for (TilePath tile : unsynced) {
            Path file = places.root().resolve(tile.text());
            disk.sync(file);
            for (Path up = KeyFile.parent(file); up.startsWith(places.root()); up = KeyFile.parent(up)) {
                directories.add(up);
            }
        }
        for (Path directory : directories) {
            disk.sync(directory);
        }
        for (TilePath tile : unsynced) {
            if (tile.width() == TilePath.FULL) {
                removePartials(partials(tile));
            }
        }
        unsynced.clear();
    }

    /** On the disk as well, before the journal that could make them again is gone. */
    private void removePartials(Path directory) throws IOException {
        List<String> names = disk.list(directory);
        if (!names.isEmpty()) {
            for (String name : names) {
                disk.delete(directory.resolve(name));
            }
            disk.sync(directory);
            disk.delete(directory);
            disk.sync(KeyFile.parent(directory));
        }
    }

    private Path partials(TilePath tile) {
        return KeyFile.parent(places.root().resolve(tile.withWidth(1).text()));
    }

    private static TilePath openTile(long size, int level) {
        return TilePath.in(size, level, size >> (8 * (Math.max(level, 0) + 1)));
    }

    private byte[] bytes(TilePath path, int least) throws IOException {
        byte[] bytes = source.tile(path).orElseThrow(() -> new IOException(path.text() + " is missing"));
        if (bytes.length < least) {
            throw new IOException(path.text() + " is too short");
        }
        return bytes;
    }
}
