package dev.pawl.policy;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision;
import dev.pawl.core.ProcessInfo;
import dev.pawl.core.Ranges;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Says how a charter would grant what was denied. */
public final class Advice {
    private static final String NO_LINE = "# no line can grant this: ";

    private Advice() {}

    /**
     * The lines of YAML that would grant a denied attempt, from the charter's root and without a line break at the end;
     * or one comment that says why no line can. Empty where the denial is not about grants. Ports, hosts and arguments
     * are no wider than what was tried.
     */
    public static Optional<String> lineFor(Attempt attempt, Decision denial) {
        return switch (denial.rule()) {
            case "default", "udp", "host-socket" -> granting(attempt);
            case "private-address" ->
                attempt instanceof Attempt.Connect connect && connect.host().isPresent()
                        ? Optional.of("# the name leads to an address that is not the open Internet; grant that address"
                                + " and its port under network.addresses")
                        : granting(attempt);
            case "protocol-mismatch" ->
                Optional.of(
                        "# it is granted: set the protocol of that grant to what is spoken, or to tcp for any bytes");
            case "name-mismatch" ->
                Optional.of("# it is granted under another name: grant the name that was asked for in TLS or HTTP");
            case "limits.hosts" ->
                Optional.of(NO_LINE + "the organisation's limits.hosts do not name the host, and a charter cannot");
            default ->
                denial.by().equals("policy") && denial.boundary() != null
                        ? Optional.of(NO_LINE + "the boundary " + denial.boundary() + " forbids it, whatever a charter"
                                + " grants (rule " + Shown.clean(denial.rule()) + ")")
                        : Optional.empty();
        };
    }

    private static Optional<String> granting(Attempt attempt) {
        return switch (attempt) {
            case Attempt.Exec exec -> Optional.of(command(exec));
            case Attempt.Resolve resolve -> Optional.of(host(resolve.name(), 443));
            case Attempt.LocalConnect _ ->
                Optional.of(NO_LINE + "unix sockets of the host lead to programs outside the sandbox");
            case Attempt.Connect connect -> connect(connect);
            case Attempt.Request request -> Optional.of(request(request));
            case Attempt.Leak _, Attempt.Spend _, Attempt.Speak _ -> Optional.empty();
            case Attempt.Tool call -> Optional.of(ToolReader.exactly(call));
            case Attempt.Dial dial -> Optional.of(address(Ranges.plain(dial.address()), dial.port()));
            case Attempt.Mount mount ->
                Optional.of("files:\n  " + (mount.write() ? "write" : "read") + ":\n    - "
                        + YamlLines.quoted(mount.path().toString()));
        };
    }

    private static String command(Attempt.Exec exec) {
        if (!exec.file().startsWith("/")) {
            return NO_LINE + "which file would run could not be told";
        }
        String grant = "commands:\n  - program: " + YamlLines.quoted(exec.file());
        List<String> argv = exec.program().argv();
        boolean cut =
                argv.size() >= ProcessInfo.MAX_ARGUMENTS || argv.stream().anyMatch(argument -> argument.endsWith("…"));
        if (cut) {
            return grant + " # with any arguments: these are too long to be named";
        }
        return grant + "\n    arguments: [" + YamlLines.quoted(CommandReader.exactly(argv)) + "]";
    }

    private static Optional<String> connect(Attempt.Connect connect) {
        InetAddress address = Ranges.plain(connect.address());
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

    private static String request(Attempt.Request request) {
        Optional<String> line = RequestText.exactly(request.method(), request.path());
        if (line.isEmpty()) {
            return NO_LINE + "a request like this cannot be named in a charter; a grant without requests lets any"
                    + " through";
        }
        return host(request.host(), request.port()) + "\n      requests: [" + YamlLines.quoted(line.get()) + "]";
    }

    private static String address(InetAddress address, int port) {
        String special = Ranges.special(address).orElse("");
        if (address.isAnyLocalAddress()) {
            return NO_LINE + "it is no address of anything; the run's own programs are reached at 127.0.0.1 or ::1";
        }
        if (special.equals("metadata")) {
            return NO_LINE + "it is where clouds hand out credentials; only an organisation can lift the boundary"
                    + " no-credential-hunting";
        }
        if (special.equals("benchmark")) {
            return NO_LINE + "the address was made up for a name; grant the name under network.allow";
        }
        if (!isPort(port)) {
            return NO_LINE + "port " + port + " cannot be connected to";
        }
        return "network:\n  addresses:\n    - cidr: " + YamlLines.quoted(plainText(address)) + "\n      port: " + port;
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
