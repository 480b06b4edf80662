package dev.pawl.ledger.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The file system as the log uses it; a boundary, so that tests can let every single step fail. What is written or renamed
 * survives the death of the machine only after {@link #sync} of the file, and of the directory that names it.
 */
public interface Disk {
    /** Opens a file for appending; makes it if it is missing. */
    Tail append(Path path) throws IOException;

    /** At most {@code most} bytes of a file from a position on; empty if there is no such file. */
    Optional<byte[]> read(Path path, long from, int most) throws IOException;

    /** A whole file; empty if there is none. */
    default Optional<byte[]> read(Path path) throws IOException {
        return read(path, 0, Integer.MAX_VALUE);
    }

    /** Makes or overwrites a file; a reader may see a part of it. */
    void write(Path path, byte[] content) throws IOException;

    /** Brings a file or the names in a directory to the disk. */
    void sync(Path path) throws IOException;

    /** Puts a file in the place of another at once. */
    void rename(Path from, Path to) throws IOException;

    /** Deletes a file; it may be missing. */
    void delete(Path path) throws IOException;

    /** The names in a directory; empty if it is missing. */
    List<String> list(Path directory) throws IOException;

    /** Makes a directory and those above it. */
    void makeDirectories(Path directory) throws IOException;

    /** How many bytes the file system of a directory takes before it is full. */
    long room(Path directory) throws IOException;

    /** Opens the file that processes use to keep out of each other's way. */
    Turns turns(Path path) throws IOException;

    /** A file that grows at its end. Not thread-safe. */
    interface Tail extends Closeable {
        /** Hands bytes to the kernel in one write. On failure a part of them may be there. */
        void append(byte[] bytes) throws IOException;

        /** Waits until everything written so far, by whomever, is on the disk. May be called beside the others. */
        void sync() throws IOException;

        long length() throws IOException;

        /** Everything from a position on. */
        byte[] read(long from) throws IOException;

        /** Takes away everything from a position on. */
        void cut(long length) throws IOException;
    }

    /** Locks between processes, and a number they share. One instance for each process. Thread-safe. */
    interface Turns extends Closeable {
        /** Waits for a lock, at most some seconds. */
        Closeable take(Turn turn) throws IOException;

        /** How often the journal was put in place; changes under both locks only. */
        long generation() throws IOException;

        /** Sets the number. */
        void generation(long value) throws IOException;
    }

    /** What is done by one process at a time. */
    enum Turn {
        APPEND,
        PUBLISH
    }
}
