package dev.pawl.verify;

import dev.pawl.verify.Verdict.Broken;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares the journal with the entries in tiles. What is beyond the checkpoint nobody signed; it is counted. Not
 * thread-safe.
 */
final class JournalCheck {
    private final byte[] bytes;
    private final boolean live;
    private int at;
    private long begins;
    private long next = -1;
    private Optional<JournalRecord> record = Optional.empty();
    private @Nullable Broken fault;

    JournalCheck(LogFiles files, boolean live) throws IOException {
        this.bytes = files.read(LogFiles.JOURNAL).orElseGet(() -> new byte[0]);
        this.live = live;
    }

    /** Entries must come in order, from 0. */
    void entry(long index, Digest leaf, TreeHash hash) {
        while (fault == null && record.isEmpty() && at < bytes.length) {
            read(index);
        }
        if (record.isEmpty() || index < record.get().first()) {
            return;
        }
        int within = (int) (index - record.get().first());
        if (!record.get().entries().leaf(within, hash).equals(leaf)) {
            fault = new Broken(LogFiles.JOURNAL, index, "is another one than in the tiles");
        }
        if (within + 1 == record.get().entries().count()) {
            record = Optional.empty();
        }
    }

    /** Looks at what follows the last signed entry and returns how many entries that is. */
    long unsigned(long size) {
        while (fault == null && (record.isPresent() || at < bytes.length)) {
            if (record.isEmpty()) {
                read(size);
            } else {
                record = Optional.empty();
            }
        }
        if (fault == null && begins > size) {
            fault = new Broken(LogFiles.JOURNAL, size, "is missing; entry " + begins + " follows");
        }
        return next < 0 ? 0 : Math.max(0, next - size);
    }

    @Nullable
    Broken fault() {
        return fault;
    }

    private void read(long index) {
        record = JournalRecord.read(bytes, at);
        if (record.isEmpty()) {
            boolean unfinished =
                    JournalRecord.length(bytes, at) > bytes.length - at || bytes.length - at < JournalRecord.HEAD;
            fault = live && unfinished
                    ? null
                    : new Broken(LogFiles.JOURNAL, Math.max(next, index), "no sound record at byte " + at);
            at = bytes.length;
            return;
        }
        JournalRecord found = record.get();
        if (next < 0) {
            begins = found.first();
        } else if (found.first() != next) {
            fault = new Broken(LogFiles.JOURNAL, next, "is missing; entry " + found.first() + " follows");
        }
        next = found.first() + found.entries().count();
        at += found.length();
        if (next <= index) {
            record = Optional.empty();
        }
    }
}
