package dev.pawl.sandbox.init;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** Writes the files a run starts with into the private parts of the sandbox. */
final class SmallFiles {
    private SmallFiles() {}

    static void write(List<Orders.SmallFile> files) throws IOException {
        for (Orders.SmallFile file : files) {
            Path path = Path.of(file.path());
            Path parent = path.getParent();
            if (parent != null) {
                Files.createDirectories(
                        parent, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            if (Files.exists(path)) {
                // A path granted by the charter lies here: the agent's own file, not ours to replace.
                continue;
            }
            Files.writeString(path, file.content());
            Files.setPosixFilePermissions(path, permissions(file.mode()));
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        StringBuilder text = new StringBuilder();
        for (int bit = 8; bit >= 0; bit--) {
            text.append((mode >> bit & 1) == 0 ? '-' : "xwr".charAt(bit % 3));
        }
        return PosixFilePermissions.fromString(text.toString());
    }
}
