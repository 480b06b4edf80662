package dev.pawl.gateway.leak;

import dev.pawl.gateway.inspect.Head;
import dev.pawl.gateway.inspect.Header;
import dev.pawl.gateway.leak.read.Body;
import dev.pawl.gateway.leak.read.Found;
import dev.pawl.gateway.leak.read.Unreadable;
import dev.pawl.gateway.leak.scan.Finding;
import dev.pawl.gateway.leak.scan.Patterns;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Looks through the head of one request: method, target, names and values of headers. Not thread-safe. */
final class HeadCheck {
    private static final int LONGEST_NAME = 64;

    private static final int MOST_SEGMENTS = 256;

    private final Patterns patterns;
    private final String host;
    private String header = "";

    HeadCheck(Patterns patterns, String host) {
        this.patterns = patterns;
        this.host = host;
    }

    /** What must not leave of it. */
    List<Found.Leak> leaks(Head head) throws Unreadable {
        Found found = new Found(this::allowed);
        try (Body body = new Body(patterns, found, "method", Body.Kind.ANY, List.of())) {
            feed(body, head.method());
            body.next("url");
            feed(body, head.target());
            segments(body, head.target());
            for (Header field : head.headers()) {
                body.next("header name");
                int before = found.all().size();
                feed(body, field.name());
                body.next("header");
                boolean named = found.all().size() == before && field.name().length() <= LONGEST_NAME;
                header = field.name();
                body.next(named ? "header " + header.toLowerCase(Locale.ROOT) : "header");
                feed(body, field.value());
                body.next("header");
                header = "";
            }
            body.finish();
        }
        return found.all();
    }

    /** A slash is a letter of base 64, and would shift what stands behind it. */
    private static void segments(Body body, String target) throws Unreadable {
        int from = 0;
        for (int count = 1; from <= target.length(); count++) {
            int to = count == MOST_SEGMENTS ? target.length() : from;
            while (to < target.length() && "/?&=;".indexOf(target.charAt(to)) < 0) {
                to++;
            }
            body.next("url");
            feed(body, target.substring(from, to));
            from = to + 1;
        }
    }

    /** {@code markedOnly} texts have a home where they may stand; formats have issuers. */
    private boolean allowed(Finding finding) {
        return finding.home().filter(host::equals).isPresent() || CredentialPlaces.allows(finding.kind(), header, host);
    }

    private static void feed(Body body, String text) throws Unreadable {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        body.feed(bytes, 0, bytes.length);
    }
}
