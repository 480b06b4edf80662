package dev.pawl.gateway.inspect;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request target means to the policy: the path, decoded once. A target that servers understand differently is
 * refused, since then nobody can say which rule it falls under: dot segments, empty segments, backslashes, control characters, what would be one of these if it were decoded twice, and what is no UTF-8. An encoded slash
 * is part of a segment for some servers and ends one for others: both readings have to be clear, and both are judged.
 */
sealed interface Target {
    /**
     * A target that can be judged.
     *
     * @param path decoded but for encoded slashes, without query; {@code *} for the server as a whole
     * @param written path and query as they go on
     */
    record Clear(String path, String written) implements Target {}

    /** A target that can not. */
    record Unclear(int status, String reason) implements Target {}

    /** What a second decoding would turn into a dot segment, a slash, a backslash or a control character. */
    Pattern TWICE = Pattern.compile("%(2[eEfF]|5[cC]|[01][0-9a-fA-F]|7[fF])");

    /** An encoded slash as it stands in the path that is judged; nothing else there can be taken for one. */
    String SLASH = "%2F";

    Pattern ENCODED_SLASH = Pattern.compile("%2[fF]");

    /** The path that a server sees which decodes before it looks for segments. */
    static String early(String path) {
        return path.replace(SLASH, "/");
    }

    /** Reads the target of a request with this method; {@code base} is scheme and authority for an absolute one. */
    static Target of(String method, String target, String scheme, Authority authority) {
        if (target.length() > Limits.TARGET) {
            return new Unclear(414, "the target is longer than " + Limits.TARGET + " characters");
        }
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '#' || c == '\\') {
                return new Unclear(400, "the target has characters that have to be encoded");
            }
        }
        if (target.equals("*")) {
            return method.equals("OPTIONS") ? new Clear("*", "*") : new Unclear(400, "only OPTIONS may ask for *");
        }
        return target.startsWith("/") ? path(target) : absolute(target, scheme, authority);
    }

    private static Target absolute(String target, String scheme, Authority authority) {
        int from = scheme.length() + 3;
        if (!target.regionMatches(true, 0, scheme + "://", 0, from)) {
            return new Unclear(400, "the target is neither a path nor an address of the scheme " + scheme);
        }
        int end = from;
        while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
            end++;
        }
        if (!authority.names(target.substring(from, end))) {
            return new Unclear(400, "the target names another host than the grant, " + authority.text());
        }
        String rest = target.substring(end);
        return path(rest.startsWith("/") ? rest : "/" + rest);
    }

    /** Reads a target that is a path, and perhaps a query. */
    static Target path(String written) {
        int query = written.indexOf('?');
        String raw = query < 0 ? written : written.substring(0, query);
        String decoded = raw;
        if (raw.indexOf('%') >= 0) {
            StringBuilder text = new StringBuilder(raw.length());
            for (String part : ENCODED_SLASH.split(raw, -1)) {
                String plain = decode(part);
                if (plain == null) {
                    return new Unclear(400, "the path is not encoded as a URI says, or is no UTF-8");
                }
                if (plain.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == '\\')) {
                    return new Unclear(400, "the path has control characters or a backslash");
                }
                if (TWICE.matcher(plain).find()) {
                    return new Unclear(400, "the path is encoded twice");
                }
                text.append(text.isEmpty() ? "" : SLASH).append(plain);
            }
            decoded = text.toString();
        }
        return segments(decoded) && segments(early(decoded))
                ? new Clear(decoded, written)
                : new Unclear(
                        400,
                        "the path has an empty segment or one that is a dot or two, which servers read in two ways");
    }

    /** Null where it is not encoded properly. */
    private static @Nullable String decode(String raw) {
        ByteBuffer bytes = ByteBuffer.allocate(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '%') {
                bytes.put((byte) c);
                continue;
            }
            int high = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 1), 16) : -1;
            int low = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 2), 16) : -1;
            if (high < 0 || low < 0) {
                return null;
            }
            bytes.put((byte) (high * 16 + low));
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Whether no segment is empty but the last, and none a dot or two, parameters of the segment left aside. */
    private static boolean segments(String path) {
        int from = 1;
        while (from <= path.length()) {
            int slash = path.indexOf('/', from);
            int end = slash < 0 ? path.length() : slash;
            int parameters = path.indexOf(';', from);
            int name = parameters < 0 || parameters > end ? end : parameters;
            int length = name - from;
            boolean dots = length > 0 && length <= 2 && path.charAt(from) == '.' && path.charAt(name - 1) == '.';
            if (dots || (slash == from)) {
                return false;
            }
            from = end + 1;
        }
        return true;
    }
}
