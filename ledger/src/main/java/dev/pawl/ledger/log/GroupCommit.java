package dev.pawl.ledger.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One sync for all who wait for one. Who comes while nobody leads becomes the leader: it writes what has gathered as one
 * batch, syncs, tells the others, and hands the lead to one of those who came meanwhile. Who is alone pays no hand-over.
 * Thread-safe.
 */
final class GroupCommit {
    /** A record stays well below the size at which it is refused. */
    private static final int MOST_BYTES = 8 << 20;

    @FunctionalInterface
    interface Append {
        long append(List<byte[]> entries) throws IOException;
    }

    @FunctionalInterface
    interface Sync {
        void sync() throws IOException;
    }

    private final Append append;
    private final Sync sync;
    private final ReentrantLock lock = new ReentrantLock();
    private List<Waiting> gathered = new ArrayList<>();
    private boolean led;

    private static final class Waiting {
        final List<byte[]> entries;
        final Condition changed;
        boolean done;
        long first;

        @Nullable
        IOException failed;

        Waiting(List<byte[]> entries, Condition changed) {
            this.entries = entries;
            this.changed = changed;
        }
    }

    GroupCommit(Append append, Sync sync) {
        this.append = append;
        this.sync = sync;
    }

    /** Returns once the entries are on the disk. */
    long commit(List<byte[]> entries) throws IOException {
        lock.lock();
        try {
            Waiting own = new Waiting(entries, lock.newCondition());
            gathered.add(own);
            while (!own.done) {
                if (led) {
                    own.changed.awaitUninterruptibly();
                } else {
                    lead();
                }
            }
            if (own.failed != null) {
                throw new IOException(own.failed.getMessage(), own.failed);
            }
            return own.first;
        } finally {
            lock.unlock();
        }
    }

    private void lead() {
        List<Waiting> batch = take();
        led = true;
        lock.unlock();
        @Nullable IOException failed = null;
        long first = 0;
        try {
            List<byte[]> all = new ArrayList<>();
            batch.forEach(waiting -> all.addAll(waiting.entries));
            first = append.append(all);
            sync.sync();
        } catch (IOException e) {
            failed = e;
        } catch (RuntimeException e) {
            failed = new IOException("the batch could not be made", e);
        } finally {
            lock.lock();
            led = false;
        }
        for (Waiting waiting : batch) {
            waiting.done = true;
            waiting.failed = failed;
            waiting.first = first;
            first += waiting.entries.size();
            waiting.changed.signal();
        }
        if (!gathered.isEmpty()) {
            gathered.getFirst().changed.signal();
        }
    }

    private List<Waiting> take() {
        List<Waiting> batch = new ArrayList<>();
        long bytes = 0;
        for (Waiting waiting : gathered) {
            bytes += waiting.entries.stream().mapToLong(entry -> entry.length).sum();
            if (!batch.isEmpty() && bytes > MOST_BYTES) {
                break;
            }
            batch.add(waiting);
        }
        gathered = new ArrayList<>(gathered.subList(batch.size(), gathered.size()));
        return batch;
    }
}
