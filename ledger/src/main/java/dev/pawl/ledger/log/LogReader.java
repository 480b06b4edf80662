package dev.pawl.ledger.log;

import dev.pawl.verify.EntryBundle;
import dev.pawl.verify.JournalRecord;
import dev.pawl.verify.LogFiles;
import dev.pawl.verify.TilePath;
import dev.pawl.verify.TileSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the entries of a log in order, also while it is being written; takes no lock and trusts what it reads. A batch
 * that is not finished does not come out. Not thread-safe.
 */
public final class LogReader {
    private static final int BLOCK = 1 << 20;

    private final Disk disk;
    private final Places places;
    private final TileSource source;
    private long next;
    private long journalFirst = -1;
    private long position;
    private @Nullable EntryBundle bundleAt;
    private long bundleIndex;

    /** Takes an entry and its index. */
    @FunctionalInterface
    public interface Entries {
        void entry(long index, byte[] entry);
    }

    /** Begins with entry {@code from}. */
    public LogReader(Disk disk, Path directory, long from) {
        this.disk = disk;
        this.places = new Places(directory);
        this.source = path -> disk.read(directory.resolve(path));
        this.next = from;
    }

    /**
     * One entry that is in tiles.
     *
     * @param size a size that was signed
     * @throws IOException if it cannot be read
     */
    public static byte[] entry(Disk disk, Path directory, long index, long size) throws IOException {
        TilePath path = TilePath.in(size, TilePath.ENTRIES, index / TilePath.FULL);
        return bundle(at -> disk.read(directory.resolve(at)), path).entry((int) (index % TilePath.FULL));
    }

    /**
     * One entry that is covered by the newest checkpoint. The bundle it stands in is kept for the next.
     *
     * @throws IOException if it cannot be read
     */
    public byte[] at(long index) throws IOException {
        if (bundleAt == null || index / TilePath.FULL != bundleIndex || index % TilePath.FULL >= bundleAt.count()) {
            bundleAt =
                    bundle(source, TilePath.in(LogFiles.signedSize(source), TilePath.ENTRIES, index / TilePath.FULL));
            bundleIndex = index / TilePath.FULL;
        }
        return bundleAt.entry((int) (index % TilePath.FULL));
    }

    /**
     * The first entry that is kept.
     *
     * @throws IOException if that cannot be read
     */
    public long kept() throws IOException {
        return Archive.kept(disk, places);
    }

    /** The index of the entry that comes next. */
    public long next() {
        return next;
    }

    /**
     * Hands over every entry that was added since the last call.
     *
     * @throws IOException if something cannot be read
     */
    public void poll(Entries to) throws IOException {
        long first = journalFirst();
        if (first != journalFirst) {
            journalFirst = first;
            position = 0;
        }
        next = Math.max(next, Math.min(kept(), first));
        if (next < first) {
            bundles(first, to);
        }
        journal(to);
    }

    /** Where the journal begins: its first entry, or, if it is empty, the end of what was signed. */
    private long journalFirst() throws IOException {
        Optional<byte[]> start = disk.read(places.journal(), 0, JournalRecord.HEAD);
        if (start.isEmpty() || start.get().length < JournalRecord.HEAD) {
            return LogFiles.signedSize(source);
        }
        return JournalRecord.first(start.get());
    }

    private void bundles(long end, Entries to) throws IOException {
        while (next < end) {
            TilePath path = TilePath.in(end, TilePath.ENTRIES, next / TilePath.FULL);
            EntryBundle bundle = bundle(source, path);
            for (int i = (int) (next % TilePath.FULL); i < path.width(); i++) {
                to.entry(next++, bundle.entry(i));
            }
        }
    }

    private static EntryBundle bundle(TileSource source, TilePath path) throws IOException {
        byte[] bytes = source.tile(path).orElseThrow(() -> new IOException(path.text() + " is missing"));
        EntryBundle bundle = EntryBundle.split(bytes, path.width());
        if (bundle.count() < path.width()) {
            throw new IOException(path.text() + " is too short");
        }
        return bundle;
    }

    private void journal(Entries to) throws IOException {
        int block = BLOCK;
        while (true) {
            byte[] bytes = disk.read(places.journal(), position, block).orElseGet(() -> new byte[0]);
            int at = 0;
            for (Optional<JournalRecord> record = JournalRecord.read(bytes, at);
                    record.isPresent();
                    record = JournalRecord.read(bytes, at)) {
                long first = record.get().first();
                if (first > next) {
                    // The journal was replaced meanwhile; the next call finds its beginning.
                    return;
                }
                EntryBundle entries = record.get().entries();
                for (int i = (int) (next - first); i < entries.count(); i++) {
                    to.entry(next++, entries.entry(i));
                }
                at += record.get().length();
            }
            position += at;
            if (at == 0 && bytes.length < block) {
                return;
            }
            block = at == 0 ? Math.max(block, JournalRecord.length(bytes, 0)) : BLOCK;
            if (at == 0 && block <= bytes.length) {
                return;
            }
        }
    }
}
