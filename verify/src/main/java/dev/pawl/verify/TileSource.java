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
     * A tile or bundle as it is named, or packed; empty if there is none. A packed one that was touched counts as one
     * without content.
     *
     * @throws IOException if it is there and cannot be read
     */
    default Optional<byte[]> exactly(TilePath path) throws IOException {
        Optional<byte[]> plain = read(path.text());
        if (plain.isPresent() || path.level() != TilePath.ENTRIES || path.width() != TilePath.FULL) {
            return plain;
        }
        return read(path.text() + Packed.SUFFIX)
                .map(packed -> Packed.unpack(packed).orElseGet(() -> new byte[0]));
    }

    /**
     * A tile or bundle that begins with {@code wanted}: itself, the full one, or any wider partial one.
     *
     * @throws IOException if it is there and cannot be read
     */
    default Optional<byte[]> tile(TilePath wanted) throws IOException {
        Optional<byte[]> found = exactly(wanted);
        for (int width = TilePath.FULL; found.isEmpty() && width > wanted.width(); width--) {
            found = exactly(wanted.withWidth(width));
        }
        return found;
    }
}
