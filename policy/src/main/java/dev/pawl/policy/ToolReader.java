package dev.pawl.policy;

import dev.pawl.core.Attempt;
import dev.pawl.core.Charter;
import dev.pawl.core.ToolGrants;
import dev.pawl.core.ToolGrants.Argument;
import dev.pawl.core.ToolGrants.Grant;
import dev.pawl.core.ToolGrants.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads {@code tools}: which tools of MCP servers may be called, with which arguments. */
final class ToolReader {
    static final List<String> KEYS = List.of("allow", "deny", "answer");
    static final List<String> GRANT_KEYS = List.of("server", "tool", "arguments", AskReader.ASK, "pays");
    static final List<String> REFUSAL_KEYS = List.of("server", "tool", "because");

    private static final String SERVER = "[a-z0-9][a-z0-9._-]{0,63}";
    private static final String SERVER_ALLOWED =
            "1 to 64 of the characters a-z, 0-9, dot, _ and - are allowed, a letter or digit first";
    private static final String TOOL_ALLOWED = "the name of a tool is allowed, in which * stands for any characters";
    private static final String REASON_ALLOWED = "one line of 1 to 200 characters is allowed";
    private static final int LONGEST = 200;
    private static final int MOST_ARGUMENTS = 64;
    private static final String MAY_BE_LEFT_OUT = "?";

    private ToolReader() {}

    static ToolGrants read(Section root) {
        Optional<Section> tools = root.get("tools").flatMap(value -> value.section(KEYS));
        List<Grant> allow = new ArrayList<>();
        List<Refusal> deny = new ArrayList<>();
        for (Value item : items(tools, "allow")) {
            item.section(GRANT_KEYS).flatMap(ToolReader::grant).ifPresent(allow::add);
        }
        for (Value item : items(tools, "deny")) {
            item.section(REFUSAL_KEYS).flatMap(ToolReader::refusal).ifPresent(deny::add);
        }
        long answer = tools.flatMap(section -> section.get("answer"))
                .flatMap(value -> Amounts.bytes(value, 1024, "1KiB"))
                .orElse(ToolGrants.USUAL_ANSWER);
        if (answer > ToolGrants.MOST_ANSWER) {
            tools.flatMap(section -> section.get("answer"))
                    .ifPresent(value -> value.problem(
                            "is more than " + Amounts.text(ToolGrants.MOST_ANSWER) + ", the longest that is read"));
        }
        return new ToolGrants(allow, deny, answer);
    }

    private static List<Value> items(Optional<Section> tools, String key) {
        return tools.flatMap(section -> section.get(key)).map(Value::items).orElse(List.of());
    }

    private static Optional<Grant> grant(Section section) {
        Optional<String> server = server(section);
        Optional<String> tool = tool(section);
        Optional<List<Argument>> arguments = section.get("arguments").map(ToolReader::arguments);
        boolean pays = section.get("pays").flatMap(ToolReader::truth).orElse(false);
        Optional<String> ask = AskReader.ask(section).or(() -> pays ? Optional.of(Grant.PAYS) : Optional.empty());
        return server.flatMap(
                name -> tool.map(pattern -> new Grant(section.self().path(), name, pattern, arguments, ask, pays)));
    }

    private static Optional<Refusal> refusal(Section section) {
        Optional<String> server = server(section);
        Optional<String> tool = tool(section);
        Optional<String> because = section.required("because").flatMap(value -> value.text(LONGEST, REASON_ALLOWED));
        return server.flatMap(name -> tool.flatMap(
                pattern -> because.map(reason -> new Refusal(section.self().path(), name, pattern, reason))));
    }

    private static Optional<String> server(Section section) {
        return section.required("server").flatMap(ToolReader::server);
    }

    /** What a charter calls a server. */
    static Optional<String> server(Value value) {
        Optional<String> text = value.text(64, SERVER_ALLOWED);
        if (text.isPresent() && !isServer(text.get())) {
            value.problem("is " + Shown.quote(text.get()) + "; " + SERVER_ALLOWED);
            return Optional.empty();
        }
        return text;
    }

    /** Whether a charter can call a server so. */
    static boolean isServer(String name) {
        return name.matches(SERVER) && !name.equals("model");
    }

    private static Optional<String> tool(Section section) {
        return section.required("tool").flatMap(value -> value.text(LONGEST, TOOL_ALLOWED));
    }

    private static Optional<Boolean> truth(Value value) {
        if (!value.node().getTag().equals(Tag.BOOL)) {
            value.problem("is " + value.kind() + "; true or false is allowed");
            return Optional.empty();
        }
        return value.written().map(Boolean::parseBoolean);
    }

    private static List<Argument> arguments(Value mapping) {
        List<Argument> arguments = new ArrayList<>();
        if (!(mapping.node() instanceof MappingNode)) {
            mapping.problem(
                    "is " + mapping.kind() + "; a mapping of names to patterns is allowed: {path: /srv/docs/*}");
            return arguments;
        }
        mapping.section(Section.ANY)
                .ifPresent(section -> section.values().forEach((key, value) -> {
                    boolean optional = key.endsWith(MAY_BE_LEFT_OUT) && key.length() > 1;
                    String name = optional ? key.substring(0, key.length() - 1) : key;
                    Optional<String> pattern = value.written();
                    if (pattern.isEmpty() || pattern.get().length() > LONGEST || name.length() > LONGEST) {
                        value.problem(
                                "is " + value.kind() + "; a pattern of at most " + LONGEST + " characters is allowed");
                    } else if (arguments.stream().anyMatch(other -> other.name().equals(name))) {
                        value.problem("names this argument a second time");
                    } else {
                        arguments.add(new Argument(name, optional, pattern.get()));
                    }
                }));
        if (arguments.size() > MOST_ARGUMENTS) {
            mapping.problem("has " + arguments.size() + " arguments; at most " + MOST_ARGUMENTS + " are allowed");
        }
        return arguments;
    }

    /** As a charter writes it. */
    static void write(YamlLines lines, ToolGrants tools) {
        if (tools.equals(ToolGrants.NONE)) {
            return;
        }
        lines.open(0, "tools");
        if (!tools.allow().isEmpty()) {
            lines.open(1, "allow");
        }
        for (Grant grant : tools.allow()) {
            lines.add(2, "- server", YamlLines.quoted(grant.server()));
            lines.add(3, "tool", YamlLines.quoted(grant.tool()));
            grant.arguments().ifPresent(arguments -> lines.add(3, "arguments", flow(arguments)));
            grant.ask().ifPresent(reason -> lines.add(3, AskReader.ASK, AskReader.text(reason)));
            if (grant.pays()) {
                lines.add(3, "pays", "true");
            }
        }
        if (!tools.deny().isEmpty()) {
            lines.open(1, "deny");
        }
        for (Refusal refusal : tools.deny()) {
            lines.add(2, "- server", YamlLines.quoted(refusal.server()));
            lines.add(3, "tool", YamlLines.quoted(refusal.tool()));
            lines.add(3, "because", YamlLines.quoted(refusal.because()));
        }
        lines.add(1, "answer", Amounts.text(tools.answer()));
    }

    private static String flow(List<Argument> arguments) {
        return arguments.stream()
                .map(argument -> always(argument.name() + (argument.optional() ? MAY_BE_LEFT_OUT : "")) + ": "
                        + always(argument.pattern()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** In quotes also where it could stand without: what is plain outside braces may end inside them. */
    private static String always(String text) {
        String quoted = YamlLines.quoted(text);
        return quoted.startsWith("\"") ? quoted : "\"" + quoted + "\"";
    }

    /** One argument for a reader. */
    static String text(Argument argument) {
        return argument.name() + (argument.optional() ? MAY_BE_LEFT_OUT : "") + " " + argument.pattern();
    }

    /** One grant on a line. */
    static String text(Grant grant) {
        return grant.tool() + " of " + grant.server()
                + grant.arguments().map(list -> " " + flow(list)).orElse("")
                + grant.ask().map(reason -> ", ask: " + AskReader.text(reason)).orElse("")
                + (grant.pays() ? ", pays" : "");
    }

    /** The narrowest grant a charter can write for a call. */
    static String exactly(Attempt.Tool call) {
        if (!isServer(call.server())) {
            return "# no line can grant this: a charter cannot name the server " + Shown.quote(call.server());
        }
        String grant = "tools:\n  allow:\n    - server: " + YamlLines.quoted(call.server()) + "\n      tool: "
                + YamlLines.quoted(call.tool().replace("*", "\\*"));
        boolean unknown = call.named().isEmpty() && !call.arguments().equals("{}");
        if (unknown || call.named().size() > MOST_ARGUMENTS) {
            return grant + " # with any arguments";
        }
        List<Argument> arguments = new ArrayList<>();
        new TreeMap<>(call.named())
                .forEach((name, value) ->
                        arguments.add(new Argument(name, false, sayable(value) ? value.replace("*", "\\*") : "*")));
        return grant + "\n      arguments: " + flow(arguments);
    }

    private static boolean sayable(String value) {
        return value.length() <= Charter.Asks.LONGEST_REASON / 2
                && value.codePoints().noneMatch(Shown::steers);
    }
}
