package dev.pawl.policy;

import dev.pawl.core.Endpoint;
import java.net.IDN;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Host names and endpoints as charters write them. Never asks a resolver. */
final class HostNames {
    /** LDH labels of RFC 1123, and the underscore that real service names have. */
    private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");

    /** A last label that makes a name an IPv4 address to some parser (WHATWG URL, "ends in a number"). */
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");

    private HostNames() {}

    /**
     * The name in the form decisions compare: lower case, ASCII (IDNA A-labels), no trailing dot.
     *
     * @throws IllegalArgumentException saying why this is no host name
     */
    static String canonical(String text) {
        String ascii = ascii(text.endsWith(".") ? text.substring(0, text.length() - 1) : text)
                .toLowerCase(Locale.ROOT);
        if (ascii.contains("/")) {
            throw new IllegalArgumentException("is not a host name; write the name alone, without scheme and path");
        }
        if (ascii.contains(":") || ascii.startsWith("[")) {
            throw new IllegalArgumentException(
                    address(ascii.replaceAll("[\\[\\]]", "")).isPresent()
                            ? "is an address; addresses are granted under network.addresses"
                            : "is not a host name; the port goes under its own key");
        }
        String[] labels = ascii.split("\\.", -1);
        if (NUMBER.matcher(labels[labels.length - 1]).matches()) {
            throw new IllegalArgumentException("is an address; addresses are granted under network.addresses");
        }
        if (ascii.length() > 253) {
            throw new IllegalArgumentException("is longer than the 253 characters a host name may have");
        }
        for (String label : labels) {
            if (!LABEL.matcher(label).matches()) {
                throw new IllegalArgumentException("is not a host name; it is made of parts of 1 to 63 letters, digits"
                        + " and inner hyphens, with dots between");
            }
        }
        return ascii;
    }

    /**
     * A name, or {@code *.} and a name.
     *
     * @throws IllegalArgumentException saying why it is neither
     */
    static String pattern(String text) {
        if (text.equals("*") || text.equals("*.")) {
            throw new IllegalArgumentException("would grant every host; name them, or use *.example.com");
        }
        String name = text.startsWith("*.") ? text.substring(2) : text;
        if (name.contains("*")) {
            throw new IllegalArgumentException("has a * inside; only a leading *. is allowed, such as *.example.com");
        }
        return (text.startsWith("*.") ? "*." : "") + canonical(name);
    }

    /**
     * {@code host:port}, {@code 192.0.2.1:port} or {@code [2001:db8::1]:port}.
     *
     * @throws IllegalArgumentException saying why it is none of these
     */
    static Endpoint endpoint(String text) {
        String allowed = "; allowed: host:port, 192.0.2.1:8080 or [2001:db8::1]:8080";
        int colon = text.lastIndexOf(':');
        String port = colon < 0 ? "" : text.substring(colon + 1);
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65535) {
            throw new IllegalArgumentException("has no port from 1 to 65535" + allowed);
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            String inner = host.substring(1, host.length() - 1);
            InetAddress address = address(inner)
                    .filter(found -> inner.contains(":"))
                    .orElseThrow(
                            () -> new IllegalArgumentException("has no IPv6 address between the brackets" + allowed));
            return new Endpoint(address.getHostAddress(), Integer.parseInt(port));
        }
        if (host.contains(":")) {
            throw new IllegalArgumentException("has an IPv6 address without brackets" + allowed);
        }
        return new Endpoint(address(host).isPresent() ? host : endpointName(host, allowed), Integer.parseInt(port));
    }

    /** The address written as four decimal numbers or as IPv6 without zone; empty for anything else. */
    static Optional<InetAddress> address(String text) {
        if (text.length() > 45 || !text.matches("[0-9]+(\\.[0-9]+){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String endpointName(String host, String allowed) {
        try {
            return canonical(host);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("does not name a host" + allowed, e);
        }
    }

    private static String ascii(String text) {
        if (text.chars().allMatch(c -> c < 0x80)) {
            return text;
        }
        try {
            return IDN.toASCII(text);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "has no ASCII form as an international host name; write its xn-- form", e);
        }
    }
}
