package dev.pawl.policy;

import dev.pawl.core.Attempt;
import dev.pawl.core.Ranges;
import java.net.InetAddress;
import java.util.Optional;

/** Says how a charter would grant what was denied. */
public final class Advice {
    private static final String NO_LINE = "# no line can grant this: ";

    private Advice() {}

    /**
     * The lines of YAML that would grant a denied attempt, from the charter's root and without a line break at the end;
     * or one comment that says why no line can. Empty for what is never denied. Ports and hosts are no wider than what
     * was tried.
     */
    public static Optional<String> lineFor(Attempt attempt) {
        return switch (attempt) {
            case Attempt.Exec exec -> Optional.empty();
            case Attempt.Resolve resolve -> Optional.of(host(resolve.name(), 443));
            case Attempt.LocalConnect local ->
                local.inside()
                        ? Optional.empty()
                        : Optional.of(NO_LINE + "unix sockets of the host lead to programs outside the sandbox");
            case Attempt.Connect connect -> connect(connect);
            case Attempt.Dial dial -> Optional.of(address(Ranges.plain(dial.address()), dial.port()));
            case Attempt.Mount mount -> Optional.empty();
        };
    }

    private static Optional<String> connect(Attempt.Connect connect) {
        InetAddress address = Ranges.plain(connect.address());
        if (connect.host().isEmpty() && address.isLoopbackAddress()) {
            return Optional.empty();
        }
        return switch (connect.transport()) {
            case UDP ->
                Optional.of(NO_LINE + "datagrams never leave the sandbox; use TCP, and names are asked at"
                        + " the run's own name server");
            case TCP ->
                Optional.of(connect.host()
                        .map(host -> host(host, connect.port()))
                        .orElseGet(() -> address(address, connect.port())));
        };
    }

    private static String host(String name, int port) {
        String host;
        try {
            host = HostNames.canonical(name);
        } catch (IllegalArgumentException e) {
            return NO_LINE + Shown.quote(name) + " is no host name a charter can hold";
        }
        if (!isPort(port)) {
            return NO_LINE + "port " + port + " cannot be connected to";
        }
        String grant = "network:\n  allow:\n    - host: " + YamlLines.quoted(host);
        return switch (port) {
            case 443 -> grant;
            case 80 -> grant + "\n      port: 80";
            default -> grant + "\n      port: " + port + "\n      protocol: tcp # any bytes; tls or http if it is that";
        };
    }

    private static String address(InetAddress address, int port) {
        String special = Ranges.special(address).orElse("");
        if (address.isAnyLocalAddress()) {
            return NO_LINE + "it is no address of anything; the run's own programs are reached at 127.0.0.1 or ::1";
        }
        if (special.equals("benchmark")) {
            return NO_LINE + "the address was made up for a name; grant the name under network.allow";
        }
        if (!isPort(port)) {
            return NO_LINE + "port " + port + " cannot be connected to";
        }
        String warning = special.equals("metadata")
                ? "# careful: this hands the agent the credentials of the machine itself\n"
                : "";
        return warning + "network:\n  addresses:\n    - cidr: " + YamlLines.quoted(plainText(address))
                + "\n      port: " + port;
    }

    /** Without the zone of a link-local address, which a charter does not know. */
    private static String plainText(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    private static boolean isPort(int port) {
        return port >= 1 && port <= 65535;
    }
}
