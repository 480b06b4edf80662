package dev.pawl.ledger.log;

import dev.pawl.verify.Checkpoint;
import dev.pawl.verify.Digest;
import dev.pawl.verify.EntryBundle;
import dev.pawl.verify.FormatFault;
import dev.pawl.verify.JournalRecord;
import dev.pawl.verify.TilePath;
import dev.pawl.verify.TileTree;
import dev.pawl.verify.TreeHash;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes tiles and checkpoints of what is in the journal. One process publishes at a time; who published last is told by
 * the checkpoint. Not thread-safe.
 *
 * <p>A tile is on the disk for certain only once the journal no longer holds its entries. So whoever starts to publish
 * makes every tile of the journal again, and signs nothing unless the root so far is the one signed before: what somebody
 * changed in the store is never signed.
 */
final class Publisher implements Closeable {
    private final Disk disk;
    private final Places places;
    private final Disk.Turns turns;
    private final LogSigner signer;
    private final TreeHash hash = new TreeHash();
    private @Nullable State state;

    /** What was published, and how far the journal was read for it. */
    private final class State implements Closeable {
        final Disk.Tail journal;
        final long generation;
        final TileTree tree;
        final List<byte[]> bundle;
        final TileFiles tiles;
        long position;
        boolean loading = true;
        Optional<byte[]> note = Optional.empty();

        State(Disk.Tail journal, long generation, TileTree tree, List<byte[]> bundle, TileFiles tiles) {
            this.journal = journal;
            this.generation = generation;
            this.tree = tree;
            this.bundle = bundle;
            this.tiles = tiles;
        }

        void add(byte[] entry) throws IOException {
            bundle.add(entry);
            tree.add(hash.leaf(entry), (path, hashes) -> {
                put(path, TileTree.bytes(hashes));
                if (path.level() == 0) {
                    put(TilePath.full(TilePath.ENTRIES, path.index()), EntryBundle.join(bundle));
                    bundle.clear();
                }
            });
        }

        private void put(TilePath path, byte[] content) throws IOException {
            tiles.put(path, content);
            if (loading) {
                tiles.prune(path, content);
            }
        }

        @Override
        public void close() throws IOException {
            journal.close();
        }
    }

    Publisher(Disk disk, Places places, Disk.Turns turns, LogSigner signer) {
        this.disk = disk;
        this.places = places;
        this.turns = turns;
        this.signer = signer;
    }

    /** Signs everything that is in the journal now; the publish lock is held. */
    Checkpoint publish() throws IOException {
        try {
            return publishWhatIsThere();
        } catch (IOException e) {
            // What is in memory may be ahead of what is on the disk.
            close();
            throw e;
        }
    }

    /**
     * Brings the tiles to the disk and begins a journal that holds only what is not signed. The publish lock is held; the
     * append lock is taken for the last step, so that nothing is appended to a journal that goes away.
     */
    void compact() throws IOException {
        publish();
        State current = state;
        if (current == null || current.position == 0) {
            return;
        }
        try {
            current.tiles.sync();
            try (Closeable _ = turns.take(Disk.Turn.APPEND)) {
                byte[] rest = current.journal.read(current.position);
                disk.write(places.making(), rest);
                disk.sync(places.making());
                turns.generation(current.generation + 1);
                disk.rename(places.making(), places.journal());
                disk.sync(places.root());
            }
        } finally {
            close();
        }
    }

    @Override
    public void close() throws IOException {
        State old = state;
        state = null;
        if (old != null) {
            old.close();
        }
    }

    private Checkpoint publishWhatIsThere() throws IOException {
        Optional<byte[]> note = disk.read(places.checkpoint());
        Optional<Checkpoint> signed = note.isEmpty() ? Optional.empty() : Optional.of(own(note.get()));
        State current = state;
        if (current == null
                || current.generation != turns.generation()
                || !Arrays.equals(current.note.orElse(null), note.orElse(null))) {
            close();
            current = load(signed);
            current.note = note;
            state = current;
        }
        byte[] appended = current.journal.read(current.position);
        current.journal.sync();
        int taken = takeUp(current, appended, Long.MAX_VALUE);
        current.position += taken;
        if (current.loading) {
            // Whoever published last may have come as far as the journal goes.
            current.tiles.pruneOpen(current.tree, current.bundle);
            current.loading = false;
        }
        if (signed.isPresent() && signed.get().size() == current.tree.size()) {
            return signed.get();
        }
        current.tiles.open(current.tree, current.bundle);
        Checkpoint newer = signer.sign(current.tree.size(), current.tree.root());
        byte[] bytes = newer.note().bytes();
        disk.write(places.making(), bytes);
        disk.sync(places.making());
        disk.rename(places.making(), places.checkpoint());
        disk.sync(places.root());
        current.note = Optional.of(bytes);
        return newer;
    }

    private Checkpoint own(byte[] note) throws IOException {
        try {
            return Checkpoint.open(note, signer.key());
        } catch (FormatFault e) {
            throw new IOException("the checkpoint of the log is not ours: " + e.reason(), e);
        }
    }

    /** Takes up the tree where the journal begins and leads it to what was signed. */
    private State load(Optional<Checkpoint> signed) throws IOException {
        long size = signed.map(Checkpoint::size).orElse(0L);
        Disk.Tail journal = disk.append(places.journal());
        try {
            byte[] bytes = journal.read(0);
            long first = JournalRecord.read(bytes, 0).map(JournalRecord::first).orElse(size);
            if (first > size) {
                throw new IOException("the journal begins with entry " + first + ", signed are " + size);
            }
            TileFiles tiles = new TileFiles(disk, places);
            State loaded = new State(
                    journal, turns.generation(), new TileTree(hash, tiles.openAt(first)), tiles.bundleAt(first), tiles);
            int taken = takeUp(loaded, bytes, size);
            Digest root = loaded.tree.root();
            if (signed.isPresent()
                    && !(loaded.tree.size() == size && root.equals(signed.get().root()))) {
                throw new IOException(
                        "the log is not the one that was signed with " + size + " entries; nothing is signed");
            }
            loaded.position = taken;
            return loaded;
        } catch (IOException e) {
            journal.close();
            throw e;
        }
    }

    /** Adds entries up to {@code limit} from whole records and returns how many bytes of records are used up. */
    private static int takeUp(State to, byte[] bytes, long limit) throws IOException {
        int at = 0;
        for (Optional<JournalRecord> record = JournalRecord.read(bytes, at);
                record.isPresent();
                record = JournalRecord.read(bytes, at)) {
            long first = record.get().first();
            EntryBundle entries = record.get().entries();
            if (first > to.tree.size()) {
                throw new IOException("the journal has entry " + first + " where " + to.tree.size() + " belongs");
            }
            for (int i = (int) (to.tree.size() - first); i < entries.count() && to.tree.size() < limit; i++) {
                to.add(entries.entry(i));
            }
            if (first + entries.count() > to.tree.size()) {
                return at;
            }
            at += record.get().length();
        }
        return at;
    }
}
