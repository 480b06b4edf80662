package dev.pawl.gateway.spend;

import java.util.List;
import java.util.Locale;

/**
 * A path as the catalogue writes it: a star stands for any letters within a segment, {@code **} for any number of segments.
 * Case does not count, since some providers take no notice of it.
 */
record PathPattern(List<String> segments) {
    PathPattern {
        segments = List.copyOf(segments);
    }

    static PathPattern of(String text) {
        return new PathPattern(
                List.of(text.substring(1).toLowerCase(Locale.ROOT).split("/", -1)));
    }

    /** {@code path}: its segments in lower case. */
    boolean fits(List<String> path) {
        return fits(0, path, 0);
    }

    private boolean fits(int at, List<String> path, int from) {
        if (at == segments.size()) {
            return from == path.size();
        }
        String segment = segments.get(at);
        if (segment.equals("**")) {
            for (int next = from; next <= path.size(); next++) {
                if (fits(at + 1, path, next)) {
                    return true;
                }
            }
            return false;
        }
        return from < path.size() && Glob.fits(segment, path.get(from)) && fits(at + 1, path, from + 1);
    }
}
