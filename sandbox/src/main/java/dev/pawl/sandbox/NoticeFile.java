package dev.pawl.sandbox;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A file that grows out here and is shown inside as {@value #INSIDE}, where nobody can write to it. Thread-safe.
 *
 * <p>It stays open for writing from before an agent lives until its run has ended: the kernel gives no lease on a file
 * somebody writes to (fcntl(2), F_SETLEASE), so an agent cannot make an append wait for it.
 */
public final class NoticeFile implements AutoCloseable {
    /** Where the agent reads it. */
    public static final String INSIDE = "/run/pawl/notices";

    private final FileOutputStream out;
    private Path path;
    private boolean kept;

    private NoticeFile(Path path, FileOutputStream out) {
        this.path = path;
        this.out = out;
    }

    /**
     * Makes an empty one, which is deleted when it is closed unless it is {@linkplain #keep kept}.
     *
     * @param directory made if it is not there; readable by its owner only
     * @throws IOException if it cannot be made
     */
    public static NoticeFile make(Path directory) throws IOException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path path = Files.createTempFile(directory, "n-", "");
        FileOutputStream out = new FileOutputStream(path.toFile(), true);
        try {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r--------"));
            return new NoticeFile(path, out);
        } catch (IOException e) {
            out.close();
            throw e;
        }
    }

    /** Where it lies out here. */
    synchronized Path path() {
        return path;
    }

    /**
     * Moves it to where it stays. What is shown inside is the same file, once the sandbox has been made.
     *
     * @throws IOException if it cannot be moved; it stays where it was
     */
    public synchronized void keep(Path to) throws IOException {
        Files.move(path, to, StandardCopyOption.ATOMIC_MOVE);
        path = to;
        kept = true;
    }

    /**
     * Adds bytes at the end, in one write.
     *
     * @throws IOException if not all of them could be written
     */
    public void append(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    /** May be repeated. */
    @Override
    public synchronized void close() {
        try {
            out.close();
            if (!kept) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            // What was written is in the kernel; an empty file that stays behind harms nobody.
            return;
        }
    }
}
