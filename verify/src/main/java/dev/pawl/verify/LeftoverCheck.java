package dev.pawl.verify;

import dev.pawl.verify.Verdict.Broken;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Looks at files that the check of the tree did not need: older partial tiles, and what does not belong there. */
final class LeftoverCheck {
    private final LogFiles files;
    private final long size;
    private final boolean live;

    LeftoverCheck(LogFiles files, long size, boolean live) {
        this.files = files;
        this.size = size;
        this.live = live;
    }

    Optional<Broken> run() throws IOException {
        for (String path : files.tiles()) {
            Optional<TilePath> packed = path.endsWith(Packed.SUFFIX) ? packed(path) : Optional.empty();
            Optional<TilePath> tile = packed.isPresent() ? packed : TilePath.parse(path);
            int width = tile.map(known ->
                            TilePath.in(size, known.level(), known.index()).width())
                    .orElse(0);
            if (packed.isPresent() && !isTheSame(packed.get(), path)) {
                return Optional.of(new Broken(path, -1, "is not what it was packed from"));
            }
            if (tile.isEmpty() || tile.get().width() > width) {
                if (!live) {
                    return Optional.of(new Broken(path, -1, "is no part of a log of " + size + " entries"));
                }
            } else if (tile.get().width() < width
                    && !isBeginning(tile.get(), tile.get().withWidth(width))) {
                return Optional.of(new Broken(path, -1, "is not the beginning of the wider tile"));
            }
        }
        return Optional.empty();
    }

    /** Only full bundles are packed. */
    private static Optional<TilePath> packed(String path) {
        return TilePath.parse(path.substring(0, path.length() - Packed.SUFFIX.length()))
                .filter(tile -> tile.level() == TilePath.ENTRIES && tile.width() == TilePath.FULL);
    }

    /** Who packs a bundle deletes it afterwards: for a moment there are both. */
    private boolean isTheSame(TilePath tile, String path) throws IOException {
        Optional<byte[]> content = files.read(path).flatMap(Packed::unpack);
        Optional<byte[]> plain = files.read(tile.text());
        return content.isPresent() && (plain.isEmpty() || Arrays.equals(plain.get(), content.get()));
    }

    private boolean isBeginning(TilePath partial, TilePath wider) throws IOException {
        byte[] small = files.read(partial.text()).orElseGet(() -> new byte[0]);
        byte[] large = files.tile(wider).orElseGet(() -> new byte[0]);
        return partial.isBeginning(small, large);
    }
}
