package dev.pawl.server.authzen;

import dev.pawl.core.Attempt;
import dev.pawl.core.ProcessInfo;
import dev.pawl.ledger.JsonFault;
import dev.pawl.ledger.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads evaluations as attempts. What can be read in two ways is unclear, and so denied. Thread-safe. */
final class Meanings {
    private static final Pattern HOST = Pattern.compile(
            "(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?" + "(?:\\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*");
    private static final Pattern TYPE = Pattern.compile("[A-Z0-9]{1,16}");
    private static final int MOST_PORT = 65535;

    /** Stands in events for an address that was not named. */
    private static final InetAddress UNKNOWN = InetAddress.ofLiteral("0.0.0.0");

    private final String user;

    /** @param user account in whose name programs would start */
    Meanings(String user) {
        this.user = user;
    }

    /**
     * What an evaluation means.
     *
     * @throws JsonFault if a property is missing or has the wrong type
     */
    Meaning of(Tuple tuple) {
        Tuple.Resource resource = tuple.resource();
        String both = tuple.action().name() + " " + resource.type();
        return switch (both) {
            case "exec program" -> exec(resource);
            case "resolve host" -> resolve(resource);
            case "connect host" -> connect(resource);
            case "connect address" -> address(resource);
            case "request url" -> Urls.request(resource.id(), tuple.action().properties());
            case String _ ->
                new Meaning.Unclear("nothing is known of \"" + both
                        + "\"; known: exec program, resolve host, connect host," + " connect address, request url");
        };
    }

    private Meaning exec(Tuple.Resource resource) {
        if (!resource.id().startsWith("/") || resource.id().indexOf('\0') >= 0) {
            return new Meaning.Unclear("a program needs an absolute path: another one names different files");
        }
        List<String> argv = new ArrayList<>(List.of(resource.id()));
        argv.addAll(resource.properties().texts("arguments"));
        int bytes = argv.stream()
                .mapToInt(argument -> argument.getBytes(StandardCharsets.UTF_8).length)
                .sum();
        if (argv.size() >= ProcessInfo.MAX_ARGUMENTS || bytes > ProcessInfo.MAX_ARGUMENT_BYTES) {
            return new Meaning.Unclear("the arguments are more than " + (ProcessInfo.MAX_ARGUMENTS - 2) + " or "
                    + ProcessInfo.MAX_ARGUMENT_BYTES + " bytes");
        }
        String cwd = resource.properties().optionalText("cwd").orElse("");
        ProcessInfo program = new ProcessInfo(0, 0, resource.id(), argv, cwd, user);
        return new Meaning.Attempts(List.of(new Attempt.Exec(program, file(resource.id()))));
    }

    /** The file that would run; empty where it cannot be told, which no grant of a program covers. */
    private static String file(String path) {
        try {
            return Path.of(path).toRealPath().toString();
        } catch (IOException | InvalidPathException e) {
            return "";
        }
    }

    private static Meaning resolve(Tuple.Resource resource) {
        String type = resource.properties().optionalText("type").orElse("A");
        Optional<String> host = host(resource.id());
        return host.isEmpty() || !TYPE.matcher(type).matches()
                ? new Meaning.Unclear("no name of a host, or no type of a record")
                : new Meaning.Attempts(List.of(new Attempt.Resolve(host.get(), type)));
    }

    /** Lower-case and without the trailing dot; empty where it is no name. */
    static Optional<String> host(String name) {
        String plain = (name.endsWith(".") ? name.substring(0, name.length() - 1) : name).toLowerCase(Locale.ROOT);
        return HOST.matcher(plain).matches() && literal(plain).isEmpty() ? Optional.of(plain) : Optional.empty();
    }

    /** By name; where the caller says which address it found, that has to be allowed too. */
    private static Meaning connect(Tuple.Resource resource) {
        Optional<String> host = host(resource.id());
        if (host.isEmpty()) {
            return new Meaning.Unclear("no name of a host; an address has the type address");
        }
        int port = port(resource.properties());
        Optional<String> named = resource.properties().optionalText("address");
        Optional<InetAddress> address = named.flatMap(Meanings::literal);
        if (named.isPresent() && address.isEmpty()) {
            return new Meaning.Unclear("properties.address is no address");
        }
        List<Attempt> parts = new ArrayList<>();
        parts.add(new Attempt.Connect(transport(resource.properties()), host, address.orElse(UNKNOWN), port));
        address.ifPresent(to -> parts.add(new Attempt.Dial(host.get(), to, port, false)));
        return new Meaning.Attempts(parts);
    }

    private static Meaning address(Tuple.Resource resource) {
        int port = port(resource.properties());
        Attempt.Transport transport = transport(resource.properties());
        return literal(resource.id())
                .<Meaning>map(
                        to -> new Meaning.Attempts(List.of(new Attempt.Connect(transport, Optional.empty(), to, port))))
                .orElseGet(() -> new Meaning.Unclear("no address; a name has the type host"));
    }

    private static Optional<InetAddress> literal(String text) {
        try {
            return text.indexOf('%') >= 0 ? Optional.empty() : Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static int port(JsonObject properties) {
        int port = properties
                .optionalInteger("port")
                .orElseThrow(() -> new JsonFault("resource.properties.port is missing"));
        if (port < 1 || port > MOST_PORT) {
            throw new JsonFault("resource.properties.port has to be 1 to " + MOST_PORT);
        }
        return port;
    }

    private static Attempt.Transport transport(JsonObject properties) {
        return switch (properties.optionalText("transport").orElse("tcp")) {
            case "tcp" -> Attempt.Transport.TCP;
            case "udp" -> Attempt.Transport.UDP;
            case String _ -> throw new JsonFault("resource.properties.transport has to be tcp or udp");
        };
    }

    /** The connection that a request over HTTP needs. */
    static Attempt.Connect web(String host, int port) {
        return new Attempt.Connect(Attempt.Transport.TCP, Optional.of(host), UNKNOWN, port);
    }
}
