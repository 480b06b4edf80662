package dev.pawl.verify;

import dev.pawl.verify.Verdict.Broken;
import dev.pawl.verify.Verdict.Sound;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the tree again from the entries alone and compares it with everything that is stored of it. If the root is the
 * signed one, every entry is sound, and what differs is the fault of the tile it stands in. If it is not, the first entry
 * that is not the one its hash was made of is the first wrong one. Used once.
 */
final class TreeCheck {
    private final LogFiles files;
    private final boolean live;
    private final Checkpoint checkpoint;
    private final List<Checkpoint> older;
    private final JournalCheck journal;
    private final long given;
    private final TreeHash hash = new TreeHash();
    private final TileTree tree = new TileTree(hash);
    private int nextOlder;
    private long gone;
    private long lastAgreed;
    private @Nullable Broken entryFault;
    private @Nullable Broken fileFault;
    private @Nullable Broken fork;

    /**
     * @param given entries below this one may be gone
     */
    TreeCheck(
            LogFiles files,
            boolean live,
            Checkpoint checkpoint,
            List<Checkpoint> older,
            JournalCheck journal,
            long given) {
        this.given = given;
        this.files = files;
        this.live = live;
        this.checkpoint = checkpoint;
        this.older = older;
        this.journal = journal;
    }

    Verdict run() throws IOException {
        compareOlder();
        boolean whole = true;
        for (long n = 0; whole && n * TilePath.FULL < checkpoint.size(); n++) {
            whole = bundle(TilePath.in(checkpoint.size(), TilePath.ENTRIES, n));
        }
        tree.open(this::compareTile);
        if (!whole || !tree.root().equals(checkpoint.root())) {
            return entryFault != null ? entryFault : rewritten();
        }
        long unsigned = journal.unsigned(checkpoint.size());
        if (fileFault == null) {
            fileFault = journal.fault();
        }
        if (fileFault == null) {
            fileFault = new LeftoverCheck(files, checkpoint.size(), live).run().orElse(fork);
        }
        return fileFault != null ? fileFault : new Sound(checkpoint, unsigned, gone);
    }

    /** Returns whether as many entries as there must be could be read. */
    private boolean bundle(TilePath path) throws IOException {
        long first = path.index() * TilePath.FULL;
        Optional<byte[]> bytes = find(path);
        if (bytes.isEmpty() && first + TilePath.FULL <= given) {
            return hashesOnly(path);
        }
        if (bytes.isEmpty()) {
            suspect(path, first, "is missing");
            return false;
        }
        EntryBundle entries = EntryBundle.split(bytes.get(), path.width());
        BundleCheck check = BundleCheck.of(entries, leafTile(path), hash);
        if (check.differs() >= 0) {
            suspect(path, first + check.differs(), check.reason());
        }
        for (Digest leaf : check.leaves()) {
            journal.entry(tree.size(), leaf, hash);
            tree.add(leaf, this::compareTile);
            compareOlder();
        }
        if (entries.count() < path.width()) {
            suspect(path, first + entries.count(), "is missing or cut short");
            return false;
        }
        if (!entries.isWhole() && !live) {
            suspect(path, first + path.width(), "was added; the bundle ends before it");
            blame(path, "bytes follow the last entry");
        }
        return true;
    }

    /** Entries that whoever asks knows to be gone: the hashes that are left must still be those that were signed. */
    private boolean hashesOnly(TilePath path) throws IOException {
        List<Digest> leaves = leafTile(path);
        for (Digest leaf : leaves) {
            tree.add(leaf, this::compareTile);
            compareOlder();
        }
        gone += leaves.size();
        if (leaves.size() < path.width()) {
            suspect(path, path.index() * TilePath.FULL + leaves.size(), "is missing, and so is its hash");
        }
        return leaves.size() == path.width();
    }

    private List<Digest> leafTile(TilePath bundle) throws IOException {
        TilePath path = new TilePath(0, bundle.index(), bundle.width());
        byte[] bytes = find(path).orElseGet(() -> new byte[0]);
        return TileTree.hashes(bytes, Math.min(path.width(), bytes.length / Digest.BYTES));
    }

    private void compareTile(TilePath path, List<Digest> hashes) throws IOException {
        if (fileFault != null) {
            return;
        }
        Optional<byte[]> stored = find(path);
        byte[] made = TileTree.bytes(hashes);
        if (stored.isEmpty()) {
            blame(path, "is missing");
        } else {
            int at = Arrays.mismatch(stored.get(), made);
            boolean wider = live && at == made.length;
            if (at >= 0 && !wider) {
                blame(
                        path,
                        "hash " + Math.min(at / Digest.BYTES, path.width() - 1)
                                + " is not that of the entries below it");
            }
        }
    }

    private void compareOlder() {
        for (; nextOlder < older.size() && older.get(nextOlder).size() == tree.size(); nextOlder++) {
            if (older.get(nextOlder).root().equals(tree.root())) {
                lastAgreed = tree.size();
            } else if (fork == null) {
                fork = new Broken(
                        LogFiles.CHECKPOINT,
                        -1,
                        "the log was forked: with " + tree.size()
                                + " entries it was signed with another root; the first"
                                + " entry that differs is one of " + lastAgreed + " to " + (tree.size() - 1));
            }
        }
    }

    /** Entries and the tiles of their hashes agree with each other, and not with what was signed. */
    private Broken rewritten() {
        if (fork != null) {
            return fork;
        }
        Broken higher = fileFault;
        return higher != null
                ? higher
                : new Broken(
                        LogFiles.CHECKPOINT,
                        -1,
                        "entries and tiles agree, but not with the root that was signed: from entry " + lastAgreed
                                + " on the log was written anew");
    }

    private void suspect(TilePath path, long entry, String reason) {
        if (entryFault == null) {
            entryFault = new Broken(path.text(), entry, reason);
        }
    }

    private void blame(TilePath path, String reason) {
        if (fileFault == null) {
            fileFault = new Broken(path.text(), -1, reason);
        }
    }

    private Optional<byte[]> find(TilePath path) throws IOException {
        return live ? files.tile(path) : files.exactly(path);
    }
}
