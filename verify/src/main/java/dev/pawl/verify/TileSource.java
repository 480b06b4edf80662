package dev.pawl.verify;

import java.io.IOException;
import java.util.Optional;

/** Reads the files of a log by their path. */
@FunctionalInterface
public interface TileSource {
    /**
     * A whole file; empty if there is none.
     *
     * @throws IOException if it is there and cannot be read
     */
    Optional<byte[]> read(String path) throws IOException;

    /**
     * A tile or bundle that begins with {@code wanted}: itself, the full one, or any wider partial one.
     *
     * @throws IOException if it is there and cannot be read
     */
    default Optional<byte[]> tile(TilePath wanted) throws IOException {
        Optional<byte[]> found = read(wanted.text());
        for (int width = TilePath.FULL; found.isEmpty() && width > wanted.width(); width--) {
            found = read(wanted.withWidth(width).text());
        }
        return found;
    }
}
