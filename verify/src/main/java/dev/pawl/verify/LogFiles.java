package dev.pawl.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of a log below one directory. Stateless. */
public record LogFiles(Path root) implements TileSource {
    /** The newest checkpoint. */
    public static final String CHECKPOINT = "checkpoint";

    /** Entries that may not be in tiles yet. */
    public static final String JOURNAL = "journal";

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

    /**
     * Every file below {@code tile}, with its path below the log.
     *
     * @throws IOException if a directory cannot be read
     */
    List<String> tiles() throws IOException {
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
