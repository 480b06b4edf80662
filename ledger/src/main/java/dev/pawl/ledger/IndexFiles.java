package dev.pawl.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the index of a home lies, which holds nothing that cannot be made anew. Stateless. */
public final class IndexFiles {
    private static final String DATABASE = "events.db";

    private IndexFiles() {}

    /** The directory. */
    public static Path directory(Path home) {
        return home.resolve("index");
    }

    /** The file of the database. */
    public static Path database(Path home) {
        return directory(home).resolve(DATABASE);
    }

    /**
     * Takes the index away; the next who asks makes it anew.
     *
     * @throws IOException if it cannot be deleted
     */
    public static void delete(Path home) throws IOException {
        for (String suffix : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(directory(home).resolve(DATABASE + suffix));
        }
    }
}
