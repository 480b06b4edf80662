package dev.pawl.policy;

import dev.pawl.core.Budget;
import dev.pawl.core.Charter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the root of a charter and puts its parts together. */
final class CharterReader {
    static final List<String> KEYS =
            List.of("agent", "owner", "purpose", "workspace", "files", "network", "env", "budget", "boundaries");
    static final String AGENT_NAME = "[a-z0-9][a-z0-9._-]{0,63}";

    private static final int LONGEST_PURPOSE = 500;

    private CharterReader() {}

    /** {@code directory} is the real path of the directory the charter lies in. */
    static Charter read(String source, byte[] bytes, Path directory, Surroundings surroundings)
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
        Charter.FileGrants files = paths.files(root, workspace, directory);
        Charter.NetworkGrants network = NetworkReader.read(root);
        Charter.Environment env = EnvironmentReader.read(root);
        Budget budget = BudgetReader.read(root);
        root.get("boundaries").ifPresent(value -> value.oneOf(Map.of("standard", "standard")));
        problems.throwIfAny();
        return new Charter(
                agent.orElseThrow(),
                owner.orElseThrow(),
                purpose.orElseThrow(),
                workspace.orElseThrow(),
                files,
                network,
                Optional.empty(),
                env,
                budget,
                List.of(),
                List.of(),
                source);
    }

    private static Optional<Value> required(Section root, String key, String advice) {
        if (root.get(key).isEmpty()) {
            root.self().problems().at(root.self().node(), "no " + key + "; it is required: " + advice);
        }
        return root.get(key);
    }

    private static Optional<String> agent(Value value) {
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
