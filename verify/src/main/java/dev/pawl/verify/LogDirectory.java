package dev.pawl.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of a log below one directory. Stateless. */
record LogDirectory(Path root) implements LogFiles {
    /** Larger than any bundle, journal or note can be. */
    private static final long MAX_BYTES = 256L << 20;

    @Override
    public Optional<byte[]> read(String path) throws IOException {
        Path file = root.resolve(path);
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException(path + " is too large");
            }
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<String> tiles() throws IOException {
        Path top = root.resolve("tile");
        if (!Files.isDirectory(top)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(top)) {
            return files.filter(file -> !Files.isDirectory(file))
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
