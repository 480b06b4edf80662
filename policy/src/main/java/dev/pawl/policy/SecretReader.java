package dev.pawl.policy;

import dev.pawl.core.Charter;
import dev.pawl.core.Endpoint;
import dev.pawl.core.HostGrant;
import dev.pawl.core.Protocol;
import dev.pawl.core.SecretGrant;
import dev.pawl.core.SecretGrant.Place;
import dev.pawl.core.SecretGrant.Source;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads {@code secrets}. */
final class SecretReader {
    static final List<String> KEYS = List.of("name", "env", "file", "command", "host", "port", "as", "place");
    static final List<String> PLACES = List.of("bearer", "basic", "header NAME", "query NAME", "aws-sigv4");

    private static final String NAME = "[a-z][a-z0-9-]{0,62}";
    private static final String VARIABLE = "[A-Za-z_][A-Za-z0-9_]{0,127}";
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}";
    private static final String PARAMETER = "[A-Za-z0-9._~\\[\\]-]{1,64}";
    private static final int LONGEST = 300;
    private static final int LONGEST_ARGUMENT = 4096;

    /** Header fields that say where a message ends or goes; no secret stands there. */
    private static final Set<String> FRAMING = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "upgrade",
            "te",
            "trailer",
            "expect",
            "keep-alive",
            "proxy-connection",
            "content-type",
            "accept-encoding",
            "content-encoding");

    private final Charter.NetworkGrants network;
    private final List<HostGrant> granted;
    private final Charter.Environment env;
    private final OutsideFiles files;
    private final Set<String> names = new HashSet<>();
    private final Set<String> variables = new HashSet<>();

    /** {@code joined} are the grants of the organisation. */
    SecretReader(Charter.NetworkGrants network, List<HostGrant> joined, Charter.Environment env, OutsideFiles files) {
        this.network = network;
        this.granted = Stream.concat(network.allow().stream(), joined.stream()).toList();
        this.env = env;
        this.files = files;
    }

    List<SecretGrant> read(Value list) {
        List<SecretGrant> secrets = new ArrayList<>();
        for (Value item : list.items()) {
            item.section(KEYS).flatMap(this::secret).ifPresent(secrets::add);
        }
        return secrets;
    }

    private Optional<SecretGrant> secret(Section section) {
        Optional<String> name = section.required("name").flatMap(this::name);
        Optional<Source> source = source(section);
        Optional<Place> place = section.required("place").flatMap(SecretReader::place);
        Optional<Value> host = section.required("host");
        Optional<Integer> port =
                section.get("port").map(value -> value.integer(1, 65535)).orElse(Optional.of(443));
        Optional<String> at = host.flatMap(value -> value.parsed(LONGEST, SecretReader::exactName));
        if (at.isPresent() && port.isPresent()) {
            host.ifPresent(value -> sent(value, at.get(), port.get()));
        }
        Optional<String> as = variable(section, source, place);
        if (name.isEmpty() || source.isEmpty() || place.isEmpty() || at.isEmpty() || port.isEmpty() || as.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new SecretGrant(
                section.self().path(), name.get(), source.get(), at.get(), port.get(), as.get(), place.get()));
    }

    private Optional<String> name(Value value) {
        String allowed =
                "up to 63 lower-case letters, digits and hyphens, a letter first, are allowed: what people call"
                        + " it, never the secret itself";
        Optional<String> text = value.text(63, allowed);
        if (text.isPresent() && !text.get().matches(NAME)) {
            // Not shown: somebody may have written the secret.
            value.problem("is no name; " + allowed);
            return Optional.empty();
        }
        if (text.isPresent() && !names.add(text.get())) {
            value.problem("is " + text.get() + ", which another secret is called; choose another name");
        }
        return text;
    }

    private Optional<Source> source(Section section) {
        List<String> said = Stream.of("env", "file", "command")
                .filter(section.values()::containsKey)
                .toList();
        if (said.size() != 1) {
            section.self()
                    .problem((said.isEmpty() ? "says nowhere" : "says " + said.size() + " times")
                            + " where the value is read; one of env, file, command is required");
            return Optional.empty();
        }
        Value value = section.get(said.getFirst()).orElseThrow();
        return switch (said.getFirst()) {
            case "env" -> variable(value).filter(text -> hidden(value, text)).map(Source.Env::new);
            case "file" -> files.secret(value).map(Source.File::new);
            default -> command(value);
        };
    }

    private boolean hidden(Value value, String name) {
        boolean passed = env.pass().contains(name);
        if (passed) {
            value.problem("is " + name + ", which env.pass hands to the agent; take it out there");
        }
        return !passed;
    }

    private Optional<Source> command(Value value) {
        List<String> argv = new ArrayList<>();
        for (Value item : value.items()) {
            item.text(LONGEST_ARGUMENT, "text is allowed").ifPresent(argv::add);
        }
        if (argv.isEmpty()) {
            value.problem(
                    "names no program; a list is allowed: a program and its arguments, such as [pass, show, token]");
            return Optional.empty();
        }
        try {
            boolean usable = Programs.one(argv.getFirst())
                    .filter(real -> files.writable().stream().noneMatch(real::startsWith))
                    .isPresent();
            if (!usable) {
                value.problem("begins with " + Shown.quote(argv.getFirst())
                        + ", and there is no such program out of the agent's reach");
                return Optional.empty();
            }
            return Optional.of(new Source.Command(argv));
        } catch (IllegalArgumentException e) {
            value.problem(Shown.quote(argv.getFirst()) + " " + e.getMessage());
            return Optional.empty();
        }
    }

    /** A value that nobody puts in would leave the agent with a stand-in that no server takes. */
    private void sent(Value value, String host, int port) {
        Optional<HostGrant> grant = granted.stream()
                .filter(each -> each.covers(host)
                        && each.port() == port
                        && each.inspection().isPresent())
                .findFirst();
        if (grant.isEmpty()) {
            value.problem("is " + host + ", and no grant with inspect: true covers it on port " + port
                    + "; the gateway puts a secret into requests it reads");
        } else if (grant.get().protocol() == Protocol.HTTP && !loops(host)) {
            value.problem(
                    "is " + host + ", whose grant is http: the secret would go over the network readable to anyone;"
                            + " grant tls, or lead the host to a loopback address with network.route");
        }
    }

    private boolean loops(String host) {
        Endpoint to = network.routes().get(host);
        return to != null
                && HostNames.address(to.host())
                        .filter(InetAddress::isLoopbackAddress)
                        .isPresent();
    }

    private Optional<String> variable(Section section, Optional<Source> source, Optional<Place> place) {
        Optional<Value> said = section.get("as");
        Value where = said.orElse(section.self());
        Optional<String> name = said.map(SecretReader::variable)
                .orElse(
                        place.filter(Place.AwsSigV4.class::isInstance).isPresent()
                                ? Optional.of("AWS_ACCESS_KEY_ID")
                                : source.filter(Source.Env.class::isInstance).map(each -> ((Source.Env) each).name()));
        if (name.isEmpty() && said.isEmpty() && source.isPresent()) {
            section.self().problem("has no as; it is required here: the agent's environment variable for the stand-in");
        }
        if (name.isPresent() && (env.pass().contains(name.get()) || env.set().containsKey(name.get()))) {
            where.problem("is held by " + name.get() + ", which env gives the agent already; keep one of the two");
        }
        if (name.isPresent() && !variables.add(name.get())) {
            where.problem("is held by " + name.get() + ", which holds another secret; give it another as");
        }
        return name;
    }

    private static Optional<String> variable(Value value) {
        String allowed = "a name of letters, digits and _ is allowed, not starting with a digit";
        Optional<String> text = value.text(128, allowed);
        if (text.isPresent() && !text.get().matches(VARIABLE)) {
            value.problem("is no name of a variable; " + allowed);
            return Optional.empty();
        }
        return text;
    }

    private static Optional<Place> place(Value value) {
        String allowed = "allowed: " + String.join(", ", PLACES);
        Optional<String> text = value.text(100, allowed);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String[] words = text.get().split(" ", 2);
        String name = words.length == 2 ? words[1] : "";
        boolean one = words.length == 1;
        Optional<Place> place = switch (words[0]) {
            case "bearer" -> one ? Optional.of(new Place.Bearer()) : Optional.empty();
            case "basic" -> one ? Optional.of(new Place.Basic()) : Optional.empty();
            case "aws-sigv4" -> one ? Optional.of(new Place.AwsSigV4()) : Optional.empty();
            case "header" ->
                name.matches(TOKEN) && !FRAMING.contains(name.toLowerCase(Locale.ROOT))
                        ? Optional.of(new Place.Header(name.toLowerCase(Locale.ROOT)))
                        : Optional.empty();
            case "query" -> name.matches(PARAMETER) ? Optional.of(new Place.Query(name)) : Optional.empty();
            default -> Optional.empty();
        };
        if (place.isEmpty()) {
            value.problem("is " + Shown.quote(text.get()) + "; " + allowed + Nearest.hint(words[0], PLACES));
        }
        return place;
    }

    private static String exactName(String text) {
        if (text.contains("*")) {
            throw new IllegalArgumentException("is a pattern; a secret is sent to one exact host");
        }
        return HostNames.canonical(text);
    }

    /** As a charter writes it. */
    static void write(YamlLines lines, List<SecretGrant> secrets) {
        if (secrets.isEmpty()) {
            return;
        }
        lines.open(0, "secrets");
        for (SecretGrant secret : secrets) {
            lines.add(1, "- name", YamlLines.quoted(secret.name()));
            switch (secret.source()) {
                case Source.Env(String name) -> lines.add(2, "env", YamlLines.quoted(name));
                case Source.File(var path) -> lines.add(2, "file", YamlLines.quoted(path.toString()));
                case Source.Command(List<String> argv) -> lines.list(2, "command", argv);
            }
            lines.add(2, "host", YamlLines.quoted(secret.host()));
            lines.add(2, "port", String.valueOf(secret.port()));
            lines.add(2, "as", YamlLines.quoted(secret.as()));
            lines.add(2, "place", YamlLines.quoted(text(secret.place())));
        }
    }

    static String text(Place place) {
        return switch (place) {
            case Place.Bearer _ -> "bearer";
            case Place.Basic _ -> "basic";
            case Place.Header(String name) -> "header " + name;
            case Place.Query(String name) -> "query " + name;
            case Place.AwsSigV4 _ -> "aws-sigv4";
        };
    }
}
