package dev.pawl.ledger.log;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * POSIX record locks on one file. The kernel gives them up when their process dies, and also when it closes any descriptor
 * of that file: so a process opens it once. Waiting ends: a process that was stopped with the lock in its hand must not
 * keep the others waiting for ever; they lose, which is a denial. Thread-safe.
 */
final class RealTurns implements Disk.Turns {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(10);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final RandomAccessFile file;
    /** The number as the kernel has it now: it is asked for before every append, and memory is not a system call. */
    private final MappedByteBuffer shown;

    private final ReentrantLock append = new ReentrantLock();
    private final ReentrantLock publish = new ReentrantLock();

    RealTurns(Path path) throws IOException {
        file = new RandomAccessFile(path.toFile(), "rw");
        try {
            if (file.length() < Long.BYTES) {
                file.setLength(Long.BYTES);
            }
            shown = file.getChannel().map(FileChannel.MapMode.READ_ONLY, 0, Long.BYTES);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public Closeable take(Disk.Turn turn) throws IOException {
        // Record locks are the process's: between its own threads they do nothing.
        ReentrantLock own = inside(turn);
        own.lock();
        try {
            FileLock lock = takeFromOthers(turn);
            return () -> {
                try {
                    lock.release();
                } finally {
                    own.unlock();
                }
            };
        } catch (IOException | RuntimeException e) {
            own.unlock();
            throw e;
        }
    }

    private FileLock takeFromOthers(Disk.Turn turn) throws IOException {
        long start = System.nanoTime();
        // tryLock: unlike lock, an interrupt does not close the channel under it.
        for (long pause = FIRST_PAUSE_NANOS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS)) {
            try {
                FileLock lock = file.getChannel().tryLock(place(turn), 1, false);
                if (lock != null) {
                    return lock;
                }
            } catch (OverlappingFileLockException e) {
                throw new IOException("the log is open twice in this process", e);
            }
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new IOException("another process holds the lock of the log and does not let go");
            }
            LockSupport.parkNanos(this, pause);
        }
    }

    private ReentrantLock inside(Disk.Turn turn) {
        return switch (turn) {
            case APPEND -> append;
            case PUBLISH -> publish;
        };
    }

    /** The locked bytes lie behind the number. */
    private static long place(Disk.Turn turn) {
        return switch (turn) {
            case APPEND -> 64;
            case PUBLISH -> 65;
        };
    }

    @Override
    public synchronized long generation() {
        return shown.getLong(0);
    }

    @Override
    public synchronized void generation(long value) throws IOException {
        file.seek(0);
        file.write(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
