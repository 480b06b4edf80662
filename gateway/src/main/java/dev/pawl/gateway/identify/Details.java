package dev.pawl.gateway.identify;

import org.jspecify.annotations.Nullable;

/**
 * What the opening of a protocol says of itself. Every text is visible ASCII of at most {@value Details#LIMIT}
 * characters, anything else in it replaced.
 *
 * @param sni server name in a TLS hello, lower case
 * @param alpn protocols offered in a TLS hello, separated by commas
 * @param ech whether the hello carries an encrypted one, or what looks like it
 * @param host of an HTTP request: its authority, lower case, without port
 * @param port that stood beside the host, -1 where none did
 * @param subprotocol of a WebSocket: the one agreed on, before that those offered
 * @param banner first line of who introduces itself
 */
public record Details(
        @Nullable String sni,
        @Nullable String alpn,
        boolean ech,
        @Nullable String host,
        int port,
        @Nullable String subprotocol,
        @Nullable String banner) {
    static final int LIMIT = 255;

    static final Details NONE = new Details(null, null, false, null, -1, null, null);

    public Details {
        sni = bounded(sni);
        alpn = bounded(alpn);
        host = bounded(host);
        subprotocol = bounded(subprotocol);
        banner = bounded(banner);
    }

    static Details banner(String text) {
        return new Details(null, null, false, null, -1, null, text);
    }

    static Details http(@Nullable String host, int port, @Nullable String subprotocol) {
        return new Details(null, null, false, host, port, subprotocol, null);
    }

    private static @Nullable String bounded(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        StringBuilder clean = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), LIMIT); i++) {
            char c = text.charAt(i);
            clean.append(c < 0x20 || c > 0x7e ? '?' : c);
        }
        return clean.toString();
    }
}
