package dev.pawl.gateway.inspect;

import java.util.Locale;

/**
 * The host and port of a grant, as requests have to name them.
 *
 * @param host lower-case name, or a literal address
 * @param usual the port that goes without saying for the scheme
 */
record Authority(String host, int port, int usual) {
    /** As it is forwarded. */
    String text() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == usual ? name : name + ":" + port;
    }

    /** Whether {@code given} names this host, and this port or none. */
    boolean names(String given) {
        String text = given.toLowerCase(Locale.ROOT);
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return text.equals(name) || text.equals(name + ":" + port);
    }
}
