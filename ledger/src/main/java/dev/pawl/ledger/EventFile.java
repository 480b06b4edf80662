package dev.pawl.ledger;

import dev.pawl.core.Event;
import dev.pawl.core.EventSink;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Appends events to one file. Thread-safe; one writer per file.
 *
 * <p>Each line goes to the kernel in one write(2) before {@link #append} returns, so the death of this process loses
 * none that was acknowledged. Against the death of the machine a background thread calls fdatasync at most every 50 ms;
 * what was acknowledged within that time may then be lost.
 *
 * <p>After the first failed or short write nothing more is taken: the file is cut back to its last whole line and every
 * further append throws. A record with a hole would be worse than a stopped agent.
 *
 * <p>Writes go through a stream and not through its channel: interrupting a thread closes a channel it writes to, and
 * one interrupted thread must not end the record of the whole run.
 */
public final class EventFile implements EventSink, Closeable {
    private static final long COMMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Path path;
    private final FileOutputStream out;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicBoolean dirty = new AtomicBoolean();
    private final Thread committer;
    private long length;
    private @Nullable IOException broken;
    private volatile boolean closed;

    private EventFile(Path path, FileOutputStream out, long length) {
        this.path = path;
        this.out = out;
        this.length = length;
        this.committer = Thread.ofPlatform().daemon().name("pawl-event-commit").unstarted(this::commitUntilClosed);
    }

    /**
     * Opens a file for appending, creating it readable by its owner only. An unfinished last line, which nobody was told
     * is written, is cut off.
     *
     * @throws IOException if it cannot be opened
     */
    public static EventFile open(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        if (Files.isRegularFile(path)) {
            cutUnfinishedLine(path);
        }
        FileOutputStream out = new FileOutputStream(path.toFile(), true);
        EventFile file;
        try {
            file = new EventFile(path, out, out.getChannel().size());
        } catch (IOException e) {
            out.close();
            throw e;
        }
        file.committer.start();
        return file;
    }

    @Override
    public void append(Event event) throws IOException {
        byte[] line = EventJson.encode(event);
        if (line.length > JsonObject.MAX_BYTES) {
            throw new IOException("an event of " + line.length + " bytes is too long to be recorded");
        }
        lock.lock();
        try {
            refuseIfBroken();
            try {
                out.write(line);
                length += line.length;
            } catch (IOException e) {
                breakOff(e);
                throw e;
            }
        } finally {
            lock.unlock();
        }
        if (!dirty.get() && dirty.compareAndSet(false, true)) {
            LockSupport.unpark(committer);
        }
    }

    /**
     * Waits until everything appended so far survives the death of the machine.
     *
     * @throws IOException if the disk did not take it; the file is then broken
     */
    public void force() throws IOException {
        try {
            out.getFD().sync();
        } catch (IOException e) {
            giveUp(e);
            throw e;
        }
    }

    /** Writes everything to the disk and closes the file. May be called more than once. */
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            broken = broken == null ? new IOException(path + " is closed") : broken;
        } finally {
            lock.unlock();
        }
        LockSupport.unpark(committer);
        try (out) {
            if (dirty.get() && Files.isRegularFile(path)) {
                out.getFD().sync();
            }
        }
    }

    private void refuseIfBroken() throws IOException {
        if (broken != null) {
            throw new IOException("the record takes no more events: " + broken.getMessage(), broken);
        }
    }

    /** What the kernel could not put on disk once, a later call may report as written: never trust the file again. */
    private void giveUp(IOException cause) {
        lock.lock();
        try {
            broken = broken == null ? cause : broken;
        } finally {
            lock.unlock();
        }
    }

    private void breakOff(IOException cause) {
        broken = cause;
        try {
            out.getChannel().truncate(length);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private void commitUntilClosed() {
        while (!closed) {
            if (dirty.compareAndSet(true, false)) {
                long start = System.nanoTime();
                try {
                    out.getChannel().force(false);
                } catch (IOException e) {
                    giveUp(e);
                    return;
                }
                long rest = COMMIT_NANOS - (System.nanoTime() - start);
                for (; rest > 0 && !closed; rest = COMMIT_NANOS - (System.nanoTime() - start)) {
                    LockSupport.parkNanos(this, rest);
                }
            } else {
                LockSupport.park(this);
            }
        }
    }

    private static void cutUnfinishedLine(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = channel.size();
            ByteBuffer one = ByteBuffer.allocate(1);
            while (end > 0 && channel.read(one.clear(), end - 1) == 1 && one.get(0) != '\n') {
                end--;
            }
            channel.truncate(end);
        }
    }
}
