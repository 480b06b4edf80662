package dev.pawl.cli.learn;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Where a learned charter goes. It is settled before the run: the agent may write around it, so a file or a link that is
 * there afterwards is not followed, and a directory that leads elsewhere by then is not used.
 *
 * @param file as it was named, absolute
 * @param directory real path of the directory it lies in
 * @param force whether a file that is there may be replaced
 */
record Target(Path file, Path directory, boolean force) {
    /**
     * Looks whether a charter can go there.
     *
     * @throws IOException if there is a file and {@code force} is not said, or no such directory
     */
    static Target of(Path named, Path from, boolean force) throws IOException {
        Path file = from.resolve(named).normalize();
        Path parent = file.getParent();
        if (parent == null || file.getFileName() == null || !Files.isDirectory(parent)) {
            throw new IOException(file + " is in no directory that is there");
        }
        Target target = new Target(file, parent.toRealPath(), force);
        target.free();
        return target;
    }

    /** Writes it whole or not at all. */
    void write(String text) throws IOException {
        if (!parent().toRealPath().equals(directory)) {
            throw new IOException(parent() + " leads elsewhere by now");
        }
        free();
        Path into = directory.resolve(file.getFileName());
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (!force) {
            // Creates or fails; a link is not followed.
            try (OutputStream out =
                    Files.newOutputStream(into, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                out.write(bytes);
            }
            return;
        }
        Path fresh = Files.createTempFile(directory, ".learned", ".yaml");
        try {
            Files.write(fresh, bytes);
            Files.move(fresh, into, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private void free() throws IOException {
        Path into = directory.resolve(file.getFileName());
        if (Files.isDirectory(into, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(file + " is a directory");
        }
        if (!force && Files.exists(into, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(file + " is there already; --force replaces it");
        }
    }

    private Path parent() throws IOException {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IOException(file + " is in no directory");
        }
        return parent;
    }
}
