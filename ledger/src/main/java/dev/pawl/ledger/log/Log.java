package dev.pawl.ledger.log;

import dev.pawl.core.RecordFull;
import dev.pawl.verify.Checkpoint;
import dev.pawl.verify.NoteKey;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one log of a home, as one process holds it. Thread-safe; several processes may hold the same log, each once.
 *
 * <p>{@link #append} returns when the kernel has the entries: the death of this process loses none. {@link #commit} returns
 * when the disk has them. {@link #publish} signs what is there.
 */
public final class Log implements Closeable {
    /** What a file system may keep back beyond the bytes asked for, for its own books. */
    static final int BLOCK = 1 << 16;

    private final Disk disk;
    private final Places places;
    private final Disk.Turns turns;
    private final Journal journal;
    private final Publisher publisher;
    private final LogSigner signer;
    private final GroupCommit group;
    private final ReentrantLock appending = new ReentrantLock();
    private final ReentrantLock publishing = new ReentrantLock();

    private Log(Disk disk, Places places, Disk.Turns turns, Journal journal, Publisher publisher, LogSigner signer) {
        this.disk = disk;
        this.places = places;
        this.turns = turns;
        this.journal = journal;
        this.publisher = publisher;
        this.signer = signer;
        this.group = new GroupCommit(this::append, this::sync);
    }

    /**
     * Opens a log, or begins one.
     *
     * @param directory holds the log and nothing else
     * @param key the file with its key, elsewhere
     * @throws IOException if it cannot be read, or is not what was signed
     */
    public static Log open(Disk disk, Path directory, Path key) throws IOException {
        Places places = new Places(directory);
        disk.makeDirectories(directory);
        Disk.Turns turns = disk.turns(places.lock());
        try (Closeable _ = turns.take(Disk.Turn.APPEND)) {
            boolean empty = disk.read(places.checkpoint()).isEmpty()
                    && disk.read(places.journal()).map(bytes -> bytes.length).orElse(0) == 0;
            LogSigner signer = KeyFile.open(disk, key, empty);
            Journal journal = new Journal(disk, places, turns);
            disk.sync(directory);
            disk.sync(KeyFile.parent(directory));
            return new Log(disk, places, turns, journal, new Publisher(disk, places, turns, signer), signer);
        } catch (IOException e) {
            turns.close();
            throw e;
        }
    }

    /**
     * Hands entries to the kernel, all of them or none.
     *
     * @return the index of the first
     * @throws RecordFull if the disk has no room for them; they can be tried again
     * @throws IOException if the kernel did not take them; then this log takes no more
     */
    public long append(List<byte[]> entries) throws IOException {
        journal.refuseIfBroken();
        appending.lock();
        try (Closeable _ = turns.take(Disk.Turn.APPEND)) {
            return journal.append(entries);
        } finally {
            appending.unlock();
        }
    }

    /**
     * Hands entries to the disk, all of them or none, together with those of other threads that wait.
     *
     * @return the index of the first
     * @throws IOException if the disk did not take them; then this log takes no more
     */
    public long commit(List<byte[]> entries) throws IOException {
        return group.commit(entries);
    }

    /**
     * Waits until all that was appended is on the disk.
     *
     * @throws IOException if it is not; then this log takes no more
     */
    public void sync() throws IOException {
        journal.sync();
    }

    /**
     * Signs all that was appended.
     *
     * @throws IOException if it could not be written, or the store is not what was signed before
     */
    public Checkpoint publish() throws IOException {
        publishing.lock();
        try (Closeable _ = turns.take(Disk.Turn.PUBLISH)) {
            return publisher.publish();
        } finally {
            publishing.unlock();
        }
    }

    /**
     * Signs all that was appended and empties the journal.
     *
     * @throws IOException as {@link #publish}
     */
    public void compact() throws IOException {
        publishing.lock();
        try (Closeable _ = turns.take(Disk.Turn.PUBLISH)) {
            publisher.compact();
        } finally {
            publishing.unlock();
        }
    }

    /**
     * Packs full bundles that are not new.
     *
     * @return how many
     * @throws IOException if one is damaged, or cannot be written
     */
    public int pack() throws IOException {
        return pack(Archive.NEWEST);
    }

    /** The same with another number of bundles that stay as they are. */
    int pack(int newest) throws IOException {
        publishing.lock();
        try (Closeable _ = turns.take(Disk.Turn.PUBLISH)) {
            return new Archive(disk, places, newest).pack();
        } finally {
            publishing.unlock();
        }
    }

    /**
     * Gives up entries below this one, as far as they fill bundles; their hashes stay.
     *
     * @return the first that is kept
     * @throws IOException if something cannot be deleted
     */
    public long giveUp(long entry) throws IOException {
        publishing.lock();
        try (Closeable _ = turns.take(Disk.Turn.PUBLISH)) {
            publisher.compact();
            return new Archive(disk, places, Archive.NEWEST).giveUp(entry);
        } finally {
            publishing.unlock();
        }
    }

    /** How long the journal was when this process last appended. */
    public long journalLength() {
        appending.lock();
        try {
            return journal.length();
        } finally {
            appending.unlock();
        }
    }

    /** How many entries there were when this process last appended. */
    public long size() {
        appending.lock();
        try {
            return journal.next();
        } finally {
            appending.unlock();
        }
    }

    /**
     * How many bytes the disk has left.
     *
     * @throws IOException if it does not say
     */
    public long room() throws IOException {
        return disk.room(places.root());
    }

    /** Takes no more, for a reason that showed elsewhere. */
    public void refuse(IOException reason) {
        journal.refuse(reason);
    }

    /** The public key. */
    public NoteKey key() {
        return signer.key();
    }

    /** Takes no more. Nothing is synced or signed by this. */
    @Override
    public void close() throws IOException {
        appending.lock();
        publishing.lock();
        try (turns;
                publisher) {
            journal.close();
        } finally {
            publishing.unlock();
            appending.unlock();
        }
    }
}
