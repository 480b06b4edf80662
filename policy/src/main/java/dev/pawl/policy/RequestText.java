package dev.pawl.policy;

import dev.pawl.core.RequestRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Requests as a charter writes them: a method, a space, a path. */
final class RequestText {
    /** The longest rule. */
    static final int LONGEST = 1_000;

    private static final String ALLOWED = "; allowed: GET /repos/**, \"POST /repos/*/issues\", \"* /**\"";

    private RequestText() {}

    /** A rule as read. */
    record Written(String method, List<String> segments, boolean more) {}

    /**
     * Reads a rule.
     *
     * @throws IllegalArgumentException saying why it is none
     */
    static Written parse(String text) {
        int space = text.indexOf(' ');
        if (space < 0) {
            throw new IllegalArgumentException("is no method and path with one space between" + ALLOWED);
        }
        String method = text.substring(0, space);
        String path = text.substring(space + 1);
        if (!isMethod(method)) {
            throw new IllegalArgumentException("begins with no method: " + Shown.quote(method)
                    + "; allowed: upper-case letters, such as GET, or * for any");
        }
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("has a path that does not begin with a slash" + ALLOWED);
        }
        List<String> segments = new ArrayList<>(RequestRule.segments(path));
        boolean more = !segments.isEmpty() && segments.getLast().equals("**");
        if (more) {
            segments.removeLast();
        }
        for (int i = 0; i < segments.size(); i++) {
            check(segments.get(i), i == segments.size() - 1 && !more);
        }
        if (segments.size() > RequestRule.MAX_SEGMENTS) {
            throw new IllegalArgumentException("has more than " + RequestRule.MAX_SEGMENTS
                    + " segments; end it earlier with ** for any that follow");
        }
        return new Written(method, segments, more);
    }

    private static void check(String segment, boolean last) {
        if (segment.contains("**")) {
            throw new IllegalArgumentException("has ** in the middle; it stands alone as the last segment, and * is any"
                    + " characters of one segment");
        }
        if (segment.isEmpty() && !last) {
            throw new IllegalArgumentException("has an empty segment, and no request has one: // is refused");
        }
        if (segment.equals(".") || segment.equals("..")) {
            throw new IllegalArgumentException("has the segment " + segment + ", and no request has one");
        }
        if (segment.indexOf('?') >= 0 || segment.indexOf('#') >= 0) {
            throw new IllegalArgumentException("has a query or a fragment; rules see the path alone");
        }
        if (segment.codePoints().anyMatch(Shown::steers)) {
            throw new IllegalArgumentException("has characters that cannot be read");
        }
        if (segment.replace("%2F", "").indexOf('%') >= 0) {
            throw new IllegalArgumentException("has a percent sign; paths are matched decoded but for an encoded slash,"
                    + " %2F, so write the character");
        }
    }

    private static boolean isMethod(String text) {
        return text.equals("*") || text.matches("[A-Z][A-Z_-]{0,31}");
    }

    /** The rule as it is written. */
    static String of(RequestRule rule) {
        StringBuilder text = new StringBuilder(rule.method()).append(' ');
        rule.segments().forEach(segment -> text.append('/').append(segment));
        if (rule.more()) {
            text.append("/**");
        } else if (rule.segments().isEmpty()) {
            text.append('/');
        }
        return text.toString();
    }

    /** The rule for exactly one request; empty where no rule can say it. */
    static Optional<String> exactly(String method, String path) {
        try {
            List<String> segments = RequestRule.segments(path).stream()
                    .map(segment -> segment.replace("*", "\\*"))
                    .toList();
            String text = method + " /" + String.join("/", segments);
            Written written = text.length() > LONGEST ? null : parse(text);
            return written == null || written.more() || written.method().equals("*")
                    ? Optional.empty()
                    : Optional.of(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
