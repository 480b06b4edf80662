package dev.pawl.server.money;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Where the accounts of a home lie: {@code accounts/models.db}, with SQLite's files beside it, for their owner only. */
record AccountFiles(Path home) {
    private static final String OWN = "rw-------";

    Path database() {
        return home.resolve("accounts").resolve("models.db");
    }

    /** SQLite's log of what is not in the database yet. */
    Path log() {
        return home.resolve("accounts").resolve("models.db-wal");
    }

    /** Makes what is missing. SQLite gives its further files the mode of the database. */
    void make() throws IOException {
        Path directory = home.resolve("accounts");
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try {
            Files.createFile(database(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWN)));
        } catch (FileAlreadyExistsException e) {
            check();
        }
    }

    private void check() throws IOException {
        if (!Files.isRegularFile(database(), LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("it is no plain file");
        }
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(database()));
        if (!mode.equals(OWN)) {
            throw new IOException(
                    "others may read or write it (" + mode + "); look who did, then run: chmod 600 " + database());
        }
    }
}
