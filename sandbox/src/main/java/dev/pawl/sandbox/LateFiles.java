package dev.pawl.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Files that are shown inside, read-only, before it is known what is in them: a sandbox can wait for any run, and a run
 * fills them before its agent starts. Belongs to one thread at a time.
 */
final class LateFiles implements AutoCloseable {
    private final Map<Path, Path> outside;

    private LateFiles(Map<Path, Path> outside) {
        this.outside = outside;
    }

    /**
     * Makes an empty file for each.
     *
     * @param inside paths as the agent sees them
     * @param directory where they lie out here; it exists
     * @throws IOException if one cannot be made; none is left then
     */
    static LateFiles make(List<Path> inside, Path directory) throws IOException {
        LateFiles files = new LateFiles(new LinkedHashMap<>());
        try {
            for (Path path : inside) {
                Path file = Files.createTempFile(directory, "l-", "");
                files.outside.put(path, file);
            }
            return files;
        } catch (IOException e) {
            files.close();
            throw e;
        }
    }

    /** Path inside to path out here, in the order in which they were asked for. */
    Map<Path, Path> paths() {
        return outside;
    }

    /**
     * Gives each its content.
     *
     * @throws IllegalArgumentException if one is missing
     */
    void fill(Map<Path, byte[]> contents) throws IOException {
        for (Map.Entry<Path, Path> file : outside.entrySet()) {
            byte[] content = contents.get(file.getKey());
            if (content == null) {
                throw new IllegalArgumentException("a run has nothing for " + file.getKey());
            }
            Files.write(file.getValue(), content);
            Files.setPosixFilePermissions(file.getValue(), PosixFilePermissions.fromString("r--r--r--"));
        }
    }

    /** Takes their names away; what is shown inside stays there. */
    @Override
    public void close() {
        for (Path file : outside.values()) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // It is small and nothing secret.
            }
        }
    }
}
