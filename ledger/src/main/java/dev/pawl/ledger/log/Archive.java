package dev.pawl.ledger.log;

import dev.pawl.verify.EntryBundle;
import dev.pawl.verify.LogFiles;
import dev.pawl.verify.Packed;
import dev.pawl.verify.TilePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Makes a log smaller: packs full bundles and gives up the oldest. Hashes always stay, so that every proof and every
 * checkpoint can still be checked. Runs under the lock of who publishes; a death at any moment leaves a log that is whole.
 * Not thread-safe.
 */
final class Archive {
    /** Bundles that are read all the time stay as they are. */
    static final int NEWEST = 16;

    private static final String KEPT = "kept";

    private final Disk disk;
    private final Places places;
    private final int newest;

    /** @param newest so many bundles stay as they are */
    Archive(Disk disk, Places places, int newest) {
        this.newest = newest;
        this.disk = disk;
        this.places = places;
    }

    /** The first entry that was not given up. */
    static long kept(Disk disk, Places places) throws IOException {
        Optional<byte[]> text = disk.read(places.root().resolve(KEPT));
        try {
            return text.isEmpty() ? 0 : Long.parseLong(new String(text.get(), StandardCharsets.US_ASCII).strip());
        } catch (NumberFormatException e) {
            throw new IOException("the file " + KEPT + " of the log holds no number", e);
        }
    }

    /** Packs every full bundle but the newest; returns how many. */
    int pack() throws IOException {
        long bundles = full() - newest;
        int packed = 0;
        for (long n = kept(disk, places) / TilePath.FULL; n < bundles; n++) {
            TilePath tile = TilePath.full(TilePath.ENTRIES, n);
            Path plain = places.root().resolve(tile.text());
            Optional<byte[]> content = disk.read(plain);
            if (content.isPresent()) {
                if (EntryBundle.split(content.get(), TilePath.FULL).count() < TilePath.FULL) {
                    throw new IOException(tile.text() + " is damaged");
                }
                disk.write(places.making(), Packed.pack(content.get()));
                disk.sync(places.making());
                disk.rename(places.making(), packed(plain));
                disk.sync(KeyFile.parent(plain));
                disk.delete(plain);
                packed++;
            }
        }
        return packed;
    }

    /** Gives up entries below this one, as far as they fill bundles; returns the first that is kept. */
    long giveUp(long entry) throws IOException {
        long before = kept(disk, places);
        long bundles = Math.min(entry / TilePath.FULL, full() - newest);
        long first = Math.max(before, bundles * TilePath.FULL);
        if (first > before) {
            // First said, then done: readers never look for what is gone.
            disk.write(places.making(), (first + "\n").getBytes(StandardCharsets.US_ASCII));
            disk.sync(places.making());
            disk.rename(places.making(), places.root().resolve(KEPT));
            disk.sync(places.root());
        }
        for (long n = 0; n < first / TilePath.FULL; n++) {
            Path plain =
                    places.root().resolve(TilePath.full(TilePath.ENTRIES, n).text());
            disk.delete(plain);
            disk.delete(packed(plain));
        }
        return first;
    }

    private long full() throws IOException {
        return LogFiles.signedSize(path -> disk.read(places.root().resolve(path))) / TilePath.FULL;
    }

    private static Path packed(Path plain) {
        return plain.resolveSibling(plain.getFileName() + Packed.SUFFIX);
    }
}
