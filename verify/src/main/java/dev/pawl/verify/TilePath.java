package dev.pawl.verify;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a tile or a bundle of entries lies (C2SP tlog-tiles).
 *
 * @param level {@link #ENTRIES} for a bundle
 * @param index counts the tiles of a level
 * @param width 256 for a full one
 */
public record TilePath(int level, long index, int width) {
    /** Hashes or entries in a full tile. */
    public static final int FULL = 256;

    /** The level of bundles. */
    public static final int ENTRIES = -1;

    private static final Pattern PATH =
            Pattern.compile("tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/)*[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");
    private static final int MAX_LEVEL = 63;
    private static final int MAX_INDEX_DIGITS = 18;

    /** A full tile. */
    public static TilePath full(int level, long index) {
        return new TilePath(level, index, FULL);
    }

    /** The tile of this index in a log of {@code size} entries; may be partial, width 0 means there is none. */
    public static TilePath in(long size, int level, long index) {
        long hashes = size >> (8 * Math.max(level, 0));
        return new TilePath(level, index, Math.clamp(hashes - index * FULL, 0, FULL));
    }

    /** The same tile with fewer hashes, or all of them. */
    public TilePath withWidth(int other) {
        return new TilePath(level, index, other);
    }

    /** Whether {@code mine} is what this tile must hold where {@code wider} is the same tile with at least its width. */
    public boolean isBeginning(byte[] mine, byte[] wider) {
        int end = level == ENTRIES ? EntryBundle.split(wider, width).end() : width * Digest.BYTES;
        return mine.length == end && wider.length >= end && Arrays.equals(mine, Arrays.copyOf(wider, end));
    }

    /** Reads a path as {@link #text} writes it. */
    public static Optional<TilePath> parse(String path) {
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String digits = matcher.group(2).replaceAll("[x/]", "");
        int level = matcher.group(1).equals("entries") ? ENTRIES : Integer.parseInt(matcher.group(1));
        int width = matcher.group(3) == null ? FULL : Integer.parseInt(matcher.group(3));
        boolean partial = matcher.group(3) != null;
        if (digits.length() > MAX_INDEX_DIGITS || level > MAX_LEVEL || (partial && width >= FULL)) {
            return Optional.empty();
        }
        TilePath read = new TilePath(level, Long.parseLong(digits), width);
        return read.text().equals(path) ? Optional.of(read) : Optional.empty();
    }

    /** The path below the log. */
    public String text() {
        StringBuilder path = new StringBuilder();
        long rest = index;
        do {
            path.insert(0, path.isEmpty() ? three(rest % 1000) : "x" + three(rest % 1000) + "/");
            rest /= 1000;
        } while (rest > 0);
        path.insert(0, "tile/" + (level == ENTRIES ? "entries" : String.valueOf(level)) + "/");
        return width == FULL ? path.toString() : path + ".p/" + width;
    }

    private static String three(long value) {
        return String.valueOf(1000 + value).substring(1);
    }
}
