package dev.pawl.policy;

import dev.pawl.core.Boundary;
import dev.pawl.core.Budget;
import dev.pawl.core.Charter;
import dev.pawl.core.CommandGrant;
import dev.pawl.core.SecretGrant;
import dev.pawl.core.ToolGrants;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads the root of a charter and puts its parts together. */
final class CharterReader {
    static final List<String> KEYS = List.of(
            "agent",
            "owner",
            "purpose",
            "workspace",
            "files",
            "network",
            "commands",
            "env",
            "budget",
            "asks",
            "boundaries",
            "instructions",
            "secrets",
            "tools");

    /** Kinds of agent whose place for instructions is known. */
    static final List<String> INSTRUCTIONS = List.of("claude", "codex", "qwen", "gemini", "opencode");

    static final String AGENT_NAME = "[a-z0-9][a-z0-9._-]{0,63}";

    private static final int LONGEST_PURPOSE = 500;

    private CharterReader() {}

    /** {@code directory} is the real path of the directory the charter lies in. */
    static Charter read(
            String source, byte[] bytes, Path directory, Surroundings surroundings, Organization organization)
            throws CharterException {
        Problems problems = new Problems(source);
        Node node = new YamlText(problems).read(bytes).orElseThrow(problems::exception);
        Section root = new Value(node, "", problems).section(KEYS).orElseThrow(problems::exception);
        Optional<String> agent = required(root, "agent", "write agent: with a name such as repo-fixer")
                .flatMap(CharterReader::agent);
        Optional<Charter.Owner> owner = OwnerReader.read(root);
        Optional<String> purpose = required(
                        root, "purpose", "write purpose: with one sentence on what this agent is for")
                .flatMap(value -> value.text(LONGEST_PURPOSE, "one line of 1 to 500 characters is allowed"));
        PathReader paths = new PathReader(surroundings);
        Optional<Path> workspace = paths.workspace(root, directory);
        Charter.FileGrants files = paths.files(root, PathReader.KEYS, Optional.of(workspace.orElse(directory)));
        OutsideFiles outside = new OutsideFiles(surroundings, directory, workspace, files);
        Charter.NetworkGrants network = new NetworkReader(
                        organization.limits().hosts(), organization.called(), "", outside::authority)
                .read(root, NetworkReader.KEYS);
        Optional<List<CommandGrant>> commands =
                root.get("commands").map(list -> CommandReader.read(list, "", writable(workspace, files)));
        Charter.Environment env = EnvironmentReader.read(root, EnvironmentReader.KEYS);
        Budget budget = new BudgetReader(organization).read(root);
        Charter.Asks asks = AskReader.asks(root);
        List<Boundary> boundaries = root.get("boundaries")
                .map(value -> boundaries(value, surroundings, organization))
                .orElse(List.of());
        List<String> instructions =
                root.get("instructions").map(CharterReader::instructions).orElse(List.of());
        List<SecretGrant> secrets = root.get("secrets")
                .map(new SecretReader(network, organization.grants().allow(), env, outside)::read)
                .orElse(List.of());
        ToolGrants tools = ToolReader.read(root);
        problems.throwIfAny();
        return new Charter(
                agent.orElseThrow(),
                owner.orElseThrow(),
                purpose.orElseThrow(),
                workspace.orElseThrow(),
                files,
                network,
                commands,
                env,
                budget,
                asks,
                boundaries,
                instructions,
                secrets,
                tools,
                source);
    }

    /** What the agent may change. */
    private static List<Path> writable(Optional<Path> workspace, Charter.FileGrants files) {
        return Stream.concat(workspace.stream(), files.write().stream()).toList();
    }

    private static List<Boundary> boundaries(Value value, Surroundings surroundings, Organization organization) {
        if (!(value.node() instanceof SequenceNode)) {
            value.oneOf(Map.of("standard", "standard"));
            return List.of();
        }
        Set<String> taken = new HashSet<>(StandardBoundaries.ids());
        organization.boundaries().forEach(boundary -> taken.add(boundary.id()));
        return new BoundaryReader(surroundings).added(value, taken);
    }

    private static List<String> instructions(Value list) {
        Map<String, String> words = new LinkedHashMap<>();
        INSTRUCTIONS.forEach(word -> words.put(word, word));
        List<String> kinds = new ArrayList<>();
        for (Value item : list.items()) {
            Optional<String> kind = item.oneOf(words);
            if (kind.isPresent() && kinds.contains(kind.get())) {
                item.problem("names " + kind.get() + " a second time; once is enough");
            }
            kind.ifPresent(kinds::add);
        }
        return kinds;
    }

    private static Optional<Value> required(Section root, String key, String advice) {
        if (root.get(key).isEmpty()) {
            root.self().problems().at(root.self().node(), "no " + key + "; it is required: " + advice);
        }
        return root.get(key);
    }

    /** The name of an agent. */
    static Optional<String> agent(Value value) {
        String allowed = "1 to 64 of the characters a-z, 0-9, dot, _ and - are allowed, a letter or digit first";
        Optional<String> text = value.text(64, allowed);
        if (text.isPresent() && !text.get().matches(AGENT_NAME)) {
            String near = BuiltInCharter.sanitised(text.get());
            value.problem("is " + Shown.quote(text.get()) + "; " + allowed + "; did you mean \"" + near + "\"?");
            return Optional.empty();
        }
        return text;
    }
}
