package dev.pawl.policy;

import dev.pawl.policy.cedar.CedarException;
import dev.pawl.policy.cedar.CedarPolicy;
import dev.pawl.policy.cedar.Effect;
import dev.pawl.policy.cedar.Policies;
import java.nio.file.Path;
import java.util.List;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Looks at policies in Cedar while they are read, so that what is wrong in them has its place in a file. */
final class CedarTexts {
    private CedarTexts() {}

    /**
     * Refuses files that are no Cedar, and permissions in files that the agent may write or may make appear: an agent
     * must not grant itself anything in its next run.
     *
     * @param directory real path of the directory the files lie in
     * @param writable what the agent may write
     */
    static void check(List<PolicyFile> files, Path directory, List<Path> writable) throws CharterException {
        boolean exposed = writable.stream().anyMatch(directory::startsWith);
        for (PolicyFile file : files) {
            Problems problems = new Problems(file.source());
            try {
                for (CedarPolicy policy : Policies.parse(file.source(), file.text())) {
                    if (exposed && policy.effect() == Effect.PERMIT) {
                        problems.at(
                                policy.line(),
                                1,
                                "this permits, and the agent may write here; a policy in such a place may only forbid:"
                                        + " move the file, or charter and policies, out of what the agent may write");
                    }
                }
            } catch (CedarException e) {
                problems.at(e.line(), e.column(), String.valueOf(e.getMessage()));
            }
            problems.throwIfAny();
        }
    }

    /** Refuses text of a boundary that is no Cedar or that permits. */
    static void check(Value value, String text) {
        try {
            for (CedarPolicy policy : Policies.parse("", text)) {
                if (policy.effect() == Effect.PERMIT) {
                    at(value, policy.line(), 1, "permits; a boundary only forbids");
                }
            }
        } catch (CedarException e) {
            at(value, e.line(), e.column(), "is no Cedar: " + e.getMessage());
        }
    }

    /** A block of lines keeps its lines; in quotes they cannot be told, and the place within the text is said. */
    private static void at(Value value, int line, int column, String message) {
        boolean block = value.node() instanceof ScalarNode scalar && scalar.getScalarStyle() == ScalarStyle.LITERAL;
        int first = value.node().getStartMark().map(mark -> mark.getLine() + 2).orElse(0);
        if (block && first > 0) {
            value.problems()
                    .at(first + line - 1, column + value.problems().indentAt(first), value.path() + " " + message);
        } else {
            value.problem(message + " (line " + line + ", column " + column + " of this text)");
        }
    }
}
