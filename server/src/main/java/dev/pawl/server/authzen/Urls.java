package dev.pawl.server.authzen;

import dev.pawl.core.Attempt;
import dev.pawl.ledger.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Requests by their URL. Stricter than the gateway, which has the request itself: of a path, only what every server reads
 * in the same way is clear.
 */
final class Urls {
    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,32}");
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9._~!$&'()*+,=:@%-]+");

    /** What the decoder puts in place of what is no UTF-8. */
    private static final char NOT_UTF_8 = '\ufffd';

    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private Urls() {}

    static Meaning request(String url, JsonObject properties) {
        String method = properties.optionalText("method").orElse("GET");
        if (!METHOD.matcher(method).matches()) {
            return new Meaning.Unclear("action.properties.method is no method of HTTP in capitals");
        }
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            return new Meaning.Unclear("no URL");
        }
        boolean secure = "https".equals(uri.getScheme());
        if ((!secure && !"http".equals(uri.getScheme()))
                || uri.getRawUserInfo() != null
                || uri.getRawFragment() != null) {
            return new Meaning.Unclear("no URL of http or https without user and fragment");
        }
        Optional<String> host = Optional.ofNullable(uri.getHost()).flatMap(Meanings::host);
        Optional<String> path = path(uri.getRawPath());
        int port = uri.getPort() < 0 ? secure ? HTTPS : HTTP : uri.getPort();
        if (host.isEmpty() || path.isEmpty() || port < 1 || port > 65535) {
            return new Meaning.Unclear(
                    "the URL has no name of a host, or a port or a path that can be read in two ways");
        }
        return new Meaning.Fetch(
                Meanings.web(host.get(), port), new Attempt.Request(host.get(), port, method, path.get()));
    }

    private static Optional<String> path(String raw) {
        if (raw.isEmpty()) {
            return Optional.of("/");
        }
        String[] segments = raw.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean end = segments[i].isEmpty() && i == segments.length - 1;
            if (!end && !clear(segments[i])) {
                return Optional.empty();
            }
        }
        String decoded = URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
        return decoded.indexOf(NOT_UTF_8) >= 0 || decoded.chars().anyMatch(Character::isISOControl)
                ? Optional.empty()
                : Optional.of(decoded);
    }

    private static boolean clear(String segment) {
        return SEGMENT.matcher(segment).matches()
                && !segment.equals(".")
                && !segment.equals("..")
                && encodedOnce(segment);
    }

    /** Only spaces and other characters than those of ASCII: nothing then is a separator for one and none for another. */
    private static boolean encodedOnce(String segment) {
        for (int at = segment.indexOf('%'); at >= 0; at = segment.indexOf('%', at + 1)) {
            int high = at + 2 < segment.length() ? Character.digit(segment.charAt(at + 1), 16) : -1;
            int low = at + 2 < segment.length() ? Character.digit(segment.charAt(at + 2), 16) : -1;
            int value = high * 16 + low;
            if (high < 0 || low < 0 || (value != ' ' && value < 0x80)) {
                return false;
            }
        }
        return true;
    }
}
