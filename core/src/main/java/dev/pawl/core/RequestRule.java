package dev.pawl.core;

import java.util.List;
import java.util.Optional;

/**
 * Permission for HTTP requests under an inspected grant.
 *
 * @param id rule name used in decisions, unique in its charter, for example {@code network.allow[0].requests[1]}
 * @param method upper-case, or {@code *} for any
 * @param segments what stands between the slashes of the path, at most {@value #MAX_SEGMENTS}; in each, {@code *} stands
 *     for any characters of that one segment and {@code \*} for a star; empty for {@code /}
 * @param more whether further segments may follow, or none
 * @param ask why a person is asked before each such request; empty means nobody is
 */
public record RequestRule(String id, String method, List<String> segments, boolean more, Optional<String> ask) {
    /** Segments a rule can name; {@code Attempt.Request} may have more, which only {@link #more} covers. */
    public static final int MAX_SEGMENTS = 16;

    public RequestRule {
        segments = List.copyOf(segments);
        if (segments.size() > MAX_SEGMENTS) {
            throw new IllegalArgumentException("more than " + MAX_SEGMENTS + " segments");
        }
    }

    /**
     * What stands between the slashes of a path that begins with one: nothing for {@code /}, an empty text at the end for
     * a path that ends with a slash.
     *
     * @throws IllegalArgumentException if the path does not begin with a slash
     */
    public static List<String> segments(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("does not begin with a slash");
        }
        return path.length() == 1 ? List.of() : List.of(path.substring(1).split("/", -1));
    }
}
