package dev.pawl.ledger;

import dev.pawl.core.Event;
import dev.pawl.core.EventSink;
import dev.pawl.core.RecordFull;
import dev.pawl.ledger.log.Log;
import dev.pawl.ledger.log.RealDisk;
import dev.pawl.verify.Checkpoint;
import dev.pawl.verify.NoteKey;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * The one record of a home, as one process holds it: every event of every run goes through it. Thread-safe. Other
 * processes may hold the same one; a process holds it once.
 *
 * <p>{@link #append} returns when the kernel has the event, so the death of this process loses none. A background thread
 * brings events to the disk at most 50 ms later, and under a signed checkpoint at most a second later.
 *
 * <p>When the disk is nearly full, no attempt is taken that was allowed; the rest still goes into what is left, until that
 * is full too. Whoever asked with {@link #whenFull} is told, once each time; when there is room again, events are taken again.
 *
 * <p>After any other failure, be it to write, to sync or to sign, nothing more is taken. A record with a hole would be worse
 * than a stopped agent.
 */
public final class Ledger implements EventSink, Closeable {
    private static final long COMMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long SIGN_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** A journal of this length is emptied by the way, and one of the other by whoever closes the log. */
    private static final long COMPACT_BYTES = 8 << 20;

    private static final long CLOSE_COMPACT_BYTES = 1 << 20;

    /** What must be free on the disk: tiles of a whole journal and what runs have to say when they are frozen. */
    private static final long RESERVE_BYTES = 32 << 20;

    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Log log;
    private final Seals seals;
    private final List<Runnable> toTell = new CopyOnWriteArrayList<>();
    private final AtomicBoolean full = new AtomicBoolean();
    private final AtomicBoolean dirty = new AtomicBoolean();
    private final Thread committer;
    private volatile boolean closed;

    private Ledger(Log log, Seals seals) {
        this.seals = seals;
        this.log = log;
        this.committer = Thread.ofPlatform().daemon().name("pawl-event-commit").unstarted(this::commitUntilClosed);
    }

    /**
     * Opens the record of a home, or begins one.
     *
     * @throws IOException if it cannot be opened, or is not what was signed
     */
    public static Ledger open(Path home) throws IOException {
        Ledger ledger =
                new Ledger(Log.open(new RealDisk(), directory(home), home.resolve("ledger.key")), Seals.of(home));
        ledger.committer.start();
        return ledger;
    }

    /** Where the record of a home lies. */
    public static Path directory(Path home) {
        return home.resolve("ledger");
    }

    @Override
    public void append(List<Event> events) throws IOException {
        if (full.get() && events.stream().anyMatch(Ledger::allowed)) {
            throw new RecordFull("the disk of the record is nearly full");
        }
        try {
            log.append(encoded(events));
        } catch (RecordFull e) {
            fullNow();
            throw e;
        }
        changed();
    }

    /**
     * Appends events that belong together, all or none, and returns when they are on the disk.
     *
     * @return the index of the first
     * @throws IOException if the disk did not take them; then nothing more is taken
     */
    public long commit(List<Event> events) throws IOException {
        long first = log.commit(encoded(events));
        changed();
        return first;
    }

    private static boolean allowed(Event event) {
        return event.decision() != null && event.decision().allowed();
    }

    private List<byte[]> encoded(List<Event> events) throws IOException {
        List<byte[]> entries = new ArrayList<>(events.size());
        for (Event event : events) {
            entries.add(seals.encode(event));
        }
        return entries;
    }

    /**
     * Waits until everything appended so far survives the death of the machine.
     *
     * @throws IOException if the disk did not take it; then nothing more is taken
     */
    public void force() throws IOException {
        log.sync();
    }

    /**
     * Signs everything appended so far and empties the journal.
     *
     * @throws IOException if it could not be written, or the record is not what was signed before
     */
    public Checkpoint checkpoint() throws IOException {
        log.compact();
        return log.publish();
    }

    /**
     * Has somebody told when the disk has no more room, by whichever thread finds out; must not block.
     *
     * @return ends that
     */
    public Closeable whenFull(Runnable told) {
        toTell.add(told);
        return () -> toTell.remove(told);
    }

    /**
     * Whether allowed attempts are taken: looks at the disk anew where they were not.
     *
     * @throws IOException if the disk does not say
     */
    public boolean hasRoom() throws IOException {
        return !full.get() || look();
    }

    /** How many entries there were when this process last looked. */
    public long size() {
        return log.size();
    }

    Log log() {
        return log;
    }

    /** The public key the record is signed with. */
    public NoteKey key() {
        return log.key();
    }

    /** Signs everything, if there is room to, and closes. May be called more than once. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        LockSupport.unpark(committer);
        try (log) {
            sign(CLOSE_COMPACT_BYTES);
        }
    }

    private void commitUntilClosed() {
        long signed = System.nanoTime();
        boolean unsigned = false;
        while (!closed) {
            try {
                if (dirty.compareAndSet(true, false)) {
                    log.sync();
                    unsigned = true;
                }
                look();
                if (unsigned && System.nanoTime() - signed >= SIGN_NANOS) {
                    unsigned = !sign(COMPACT_BYTES);
                    signed = System.nanoTime();
                }
            } catch (IOException e) {
                log.refuse(e);
                return;
            }
            pause(unsigned || dirty.get() ? COMMIT_NANOS : LOOK_NANOS);
        }
    }

    /** False if there was no room for what has to be written; the journal holds it meanwhile. */
    private boolean sign(long compactBytes) throws IOException {
        try {
            if (!full.get() && log.journalLength() > compactBytes) {
                log.compact();
            } else {
                log.publish();
            }
            return true;
        } catch (IOException e) {
            if (log.room() < RESERVE_BYTES) {
                fullNow();
                return false;
            }
            throw e;
        }
    }

    /** Looks whether there is room, and says so where that is new. */
    private boolean look() throws IOException {
        if (log.room() < RESERVE_BYTES) {
            fullNow();
            return false;
        }
        full.set(false);
        return true;
    }

    /** What was appended has to be synced and signed. */
    private void changed() {
        if (!dirty.get() && dirty.compareAndSet(false, true)) {
            LockSupport.unpark(committer);
        }
    }

    private void fullNow() {
        if (full.compareAndSet(false, true)) {
            toTell.forEach(Runnable::run);
        }
    }

    /** Not shorter than the time of a commit, though an append unparks: one sync for all that comes within that time. */
    private void pause(long nanos) {
        if (nanos == LOOK_NANOS) {
            if (!dirty.get() && !closed) {
                LockSupport.parkNanos(this, nanos);
            }
            return;
        }
        long start = System.nanoTime();
        for (long rest = nanos; rest > 0 && !closed; rest = nanos - (System.nanoTime() - start)) {
            LockSupport.parkNanos(this, rest);
        }
    }
}
