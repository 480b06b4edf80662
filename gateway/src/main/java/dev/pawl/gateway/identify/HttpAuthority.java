package dev.pawl.gateway.identify;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whom a request is for: the authority of its target, or else its one Host field; where both stand they are to agree.
 *
 * @param host in lower case, null where it is missing, stands there twice or is malformed
 * @param port -1 where none is named
 */
record HttpAuthority(@Nullable String host, int port) {
    private static final HttpAuthority NONE = new HttpAuthority(null, -1);

    static HttpAuthority of(HttpHead head) {
        String field = head.only("host");
        String target = head.word(1);
        int slashes = target.indexOf("://");
        if (slashes > 0 && !target.startsWith("/")) {
            String rest = target.substring(slashes + 3);
            int end = 0;
            while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
                end++;
            }
            HttpAuthority named = parse(rest.substring(0, end));
            boolean differs =
                    head.has("host") && (field == null || !parse(field).equals(named));
            return differs ? NONE : named;
        }
        return field == null ? NONE : parse(field);
    }

    static HttpAuthority parse(String text) {
        int bracket = text.startsWith("[") ? text.indexOf(']') : -1;
        int colon = text.indexOf(':', Math.max(0, bracket));
        String host = colon < 0 ? text : text.substring(0, colon);
        String port = colon < 0 ? "" : text.substring(colon + 1);
        boolean digits = port.length() <= 5 && port.chars().allMatch(c -> c >= '0' && c <= '9');
        boolean sound = !host.isEmpty()
                && host.length() <= Details.LIMIT
                && host.chars().allMatch(c -> c > 0x20 && c < 0x7f && "@/\\,;\"'".indexOf(c) < 0);
        return sound && digits
                ? new HttpAuthority(host.toLowerCase(Locale.ROOT), port.isEmpty() ? -1 : Integer.parseInt(port))
                : NONE;
    }
}
