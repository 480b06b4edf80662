package dev.pawl.policy;

import dev.pawl.core.Charter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads charters from YAML files of at most 256 KiB. */
final class CharterLoader {
    private CharterLoader() {}

    /**
     * Reads and checks a charter under an organisation. A relative {@code file} is looked for in the surroundings'
     * directory.
     *
     * @throws CharterException with every problem found, if the file cannot be read or is no charter
     */
    static Charter load(Path file, Surroundings surroundings, Organization organization) throws CharterException {
        String source = file.toString();
        Path absolute = surroundings.directory().resolve(file);
        Path parent = absolute.getParent();
        byte[] bytes;
        Path directory;
        try {
            // A named pipe would keep the reader waiting for ever.
            if (parent == null || !Files.isRegularFile(absolute)) {
                throw failure(source, Files.exists(absolute) ? "is not a regular file" : "there is no such file");
            }
            directory = parent.toRealPath();
            try (InputStream in = Files.newInputStream(absolute)) {
                bytes = in.readNBytes(YamlText.MAX_BYTES + 1);
            }
        } catch (IOException e) {
            throw failure(source, "cannot be read: " + Shown.clean(String.valueOf(e)));
        }
        return CharterReader.read(source, bytes, directory, surroundings, organization);
    }

    private static CharterException failure(String source, String message) {
        Problems problems = new Problems(source);
        problems.nowhere(message);
        return problems.exception();
    }
}
