package dev.pawl.gateway.leak.scan;

import java.util.List;
import java.util.Locale;

/** Values that stand in specifications and manuals, and so in texts everywhere. They open nothing. */
final class Examples {
    private static final List<String> KNOWN = List.of(
            // RFC 6749
            "2YotnFZFEjr1zCsicMWpAA",
            "tGzv3JOkF0XG5Qx2TlKWIA",
            "czZCaGRSa3F0MzpnWDFmQmF0M2JW",
            "SplxlOBeZQQYbYS6WxSbIA",
            // RFC 6750, RFC 7662
            "mF_9.B5f-4.1JqM",
            // {"some":"payload"} and "John Doe" of tutorials on JSON Web Tokens
            "eyJzb21lIjoicGF5bG9hZCJ9",
            "eyJzdWIiOiIxMjM0NTY3ODkwI");

    private Examples() {}

    static boolean known(String text) {
        return text.toLowerCase(Locale.ROOT).contains("example")
                || KNOWN.stream().anyMatch(text::contains);
    }
}
