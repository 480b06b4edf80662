package dev.pawl.ledger.log;

import dev.pawl.core.RecordFull;
import dev.pawl.verify.JournalRecord;
import dev.pawl.verify.LogFiles;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The end of the log, appended to by every process that has something to record. All calls but {@link #sync} are made with
 * the append lock held; what others appended meanwhile is read first. Not thread-safe.
 *
 * <p>A batch is one record with a checksum. What was not finished, because its writer died, nobody was told is written: it
 * is cut off by whoever comes next. After a failed sync, or a failed write that no full disk explains, nothing more is taken:
 * what the kernel could not put on disk once, a later call may report as written.
 */
final class Journal implements Closeable {
    /** It is read into memory as one, and by a verifier that takes 256 MiB; long before, somebody has to sign and empty it. */
    static final long MOST_BYTES = 200L << 20;

    private final Disk disk;
    private final Places places;
    private final Disk.Turns turns;
    private volatile Disk.Tail file;
    private long generation;
    private long end;
    private long next;
    private final ReentrantLock syncing = new ReentrantLock();
    private volatile @Nullable IOException broken;

    Journal(Disk disk, Places places, Disk.Turns turns) throws IOException {
        this.disk = disk;
        this.places = places;
        this.turns = turns;
        this.generation = turns.generation();
        this.file = disk.append(places.journal());
        recover();
    }

    /** Appends one batch and returns the index of its first entry. */
    long append(List<byte[]> entries) throws IOException {
        refuseIfBroken();
        try {
            catchUp();
        } catch (IOException e) {
            broken = e;
            throw e;
        }
        byte[] record = JournalRecord.encode(next, entries);
        if (end + record.length > MOST_BYTES) {
            throw new RecordFull("the journal is full: nobody signs what is in it");
        }
        try {
            file.append(record);
        } catch (IOException e) {
            throw notTaken(e, record.length);
        }
        end += record.length;
        long first = next;
        next += entries.size();
        return first;
    }

    /** Waits until everything appended before this call is on the disk. */
    void sync() throws IOException {
        refuseIfBroken();
        syncing.lock();
        try {
            // If the journal was replaced since, all that was in it is in the new one and on the disk.
            file.sync();
        } catch (IOException e) {
            broken = e;
            throw e;
        } finally {
            syncing.unlock();
        }
    }

    void refuseIfBroken() throws IOException {
        IOException cause = broken;
        if (cause != null) {
            throw new IOException("the record takes no more events: " + cause.getMessage(), cause);
        }
    }

    /** Takes no more. */
    @Override
    public void close() throws IOException {
        broken = broken == null ? new IOException("the log is closed") : broken;
        syncing.lock();
        try {
            file.close();
        } finally {
            syncing.unlock();
        }
    }

    /** The index of the entry that comes next. */
    long next() {
        return next;
    }

    void refuse(IOException reason) {
        broken = broken == null ? reason : broken;
    }

    /** How long the journal is. */
    long length() {
        return end;
    }

    private void catchUp() throws IOException {
        long now = turns.generation();
        if (now != generation) {
            replaceFile();
            generation = now;
            end = 0;
            next = signedSize();
        }
        long length = file.length();
        if (length < end) {
            throw new IOException("the journal was cut by somebody else");
        }
        if (length > end) {
            takeUp(false);
        }
    }

    /** Reads what there is. A batch that no checksum holds together was never acknowledged, unless it was signed. */
    private void recover() throws IOException {
        next = signedSize();
        long signed = next;
        takeUp(true);
        if (next < signed) {
            throw new IOException("the journal lacks entries from " + next + " on, of " + signed + " signed ones");
        }
    }

    private void takeUp(boolean recovering) throws IOException {
        byte[] bytes = file.read(end);
        int at = 0;
        for (Optional<JournalRecord> record = JournalRecord.read(bytes, at);
                record.isPresent();
                record = JournalRecord.read(bytes, at)) {
            long first = record.get().first();
            if (end + at > 0 ? first != next : first > next) {
                throw new IOException("the journal has entry " + first + " where " + next + " belongs");
            }
            at += record.get().length();
            next = first + record.get().entries().count();
        }
        end += at;
        if (at < bytes.length) {
            boolean unfinished =
                    bytes.length - at < JournalRecord.HEAD || JournalRecord.length(bytes, at) > bytes.length - at;
            if (!recovering && !unfinished) {
                throw new IOException("the journal is damaged at byte " + end);
            }
            file.cut(end);
        }
    }

    private long signedSize() throws IOException {
        return LogFiles.signedSize(path -> disk.read(places.root().resolve(path)));
    }

    /** A descriptor must not be closed while somebody waits for its sync: the number could be another file's by then. */
    private void replaceFile() throws IOException {
        Disk.Tail newer = disk.append(places.journal());
        syncing.lock();
        try (Disk.Tail _ = file) {
            file = newer;
        } finally {
            syncing.unlock();
        }
    }

    /**
     * Takes back what the kernel took of a record. If that succeeds and the disk has no room for the record, the journal is
     * as it was and more can be tried later; after any other failure it is broken.
     */
    private IOException notTaken(IOException cause, int bytes) {
        try {
            if (file.length() > end) {
                file.cut(end);
            }
            if (disk.room(places.root()) < bytes + Log.BLOCK) {
                return new RecordFull("the disk of the record is full");
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        broken = cause;
        return cause;
    }
}
