package dev.pawl.gateway.tls;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a certificate can be made for. */
sealed interface ServerName {
    /** RFC 1035, as text without the final dot. */
    int MAX_NAME = 253;

    /** The longest text of an IPv6 address is shorter than any name may be. */
    Pattern NUMBERS = Pattern.compile("[0-9.]+|[0-9a-f:.]*:[0-9a-f:.]*");

    /** Letters, digits, hyphens, and underscores, which names in use have though RFC 1123 knows none. */
    Pattern NAME = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*");

    /** As people write it. */
    String text();

    /** A name in lower case, without a final dot. */
    record Dns(String text) implements ServerName {}

    /** An address. */
    record Ip(InetAddress address) implements ServerName {
        @Override
        public String text() {
            return address.getHostAddress();
        }
    }

    /** Empty for anything a certificate should not be made for, wildcards among it. */
    static Optional<ServerName> parse(String host) {
        if (host.length() > MAX_NAME + 1) {
            return Optional.empty();
        }
        String lower = host.toLowerCase(Locale.ROOT);
        if (NUMBERS.matcher(lower).matches()) {
            try {
                return Optional.of(new Ip(InetAddress.ofLiteral(lower)));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        String name = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        return name.length() <= MAX_NAME && NAME.matcher(name).matches()
                ? Optional.of(new Dns(name))
                : Optional.empty();
    }
}
