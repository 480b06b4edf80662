package dev.pawl.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who this process runs as. */
final class Users {
    private Users() {}

    /** Effective user id. Not the owner of /proc/self, which is root for a process that made itself non-dumpable. */
    static int own() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"), StandardCharsets.ISO_8859_1)) {
            if (line.startsWith("Uid:")) {
                return Integer.parseUnsignedInt(line.split("\\s+", 4)[2]);
            }
        }
        throw new IOException("/proc/self/status names no user");
    }

    /** Name of the invoking user, for records. */
    static String name() {
        return System.getProperty("user.name", "unknown");
    }
}
