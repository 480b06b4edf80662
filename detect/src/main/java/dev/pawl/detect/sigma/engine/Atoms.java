package dev.pawl.detect.sigma.engine;

import dev.pawl.detect.sigma.logic.Check;
import dev.pawl.detect.sigma.logic.Expression;
import dev.pawl.detect.sigma.logic.Glob;
import dev.pawl.detect.sigma.logic.GlobMatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers for fields and for the leaves of all rules; equal leaves have one number. Used while building only. */
final class Atoms {
    /** The field of keywords. */
    static final int EVERYWHERE = -1;

    private final Map<String, Integer> fields = new HashMap<>();
    private final Map<Expression.Leaf, Integer> numbers = new HashMap<>();
    private final List<Check> checks = new ArrayList<>();
    private final List<Integer> fieldOf = new ArrayList<>();
    private final List<List<Trigger>> triggers = new ArrayList<>();
    private final List<Integer> otherOf = new ArrayList<>();
    private final List<Long> groups = new ArrayList<>();

    /** The expression with numbers; its leaves are noted as wanted by these groups of rules. */
    Node node(Expression expression, long groupMask) {
        return node(expression, groupMask, new IdentityHashMap<>());
    }

    private Node node(Expression expression, long mask, Map<Expression, Node> done) {
        Node known = done.get(expression);
        if (known != null) {
            return known;
        }
        Node node = switch (expression) {
            case Expression.All(List<Expression> parts) -> new Node.Every(nodes(parts, mask, done));
            case Expression.Any(List<Expression> parts) -> new Node.Some(nodes(parts, mask, done));
            case Expression.Not(Expression part) -> new Node.None(node(part, mask, done));
            case Expression.Leaf leaf -> new Node.Atom(number(leaf, mask));
        };
        done.put(expression, node);
        return node;
    }

    private List<Node> nodes(List<Expression> parts, long mask, Map<Expression, Node> done) {
        return parts.stream().map(part -> node(part, mask, done)).toList();
    }

    private int number(Expression.Leaf leaf, long mask) {
        Integer known = numbers.get(leaf);
        int number = known == null ? add(leaf) : known;
        groups.set(number, groups.get(number) | mask);
        return number;
    }

    private int add(Expression.Leaf leaf) {
        int number = checks.size();
        numbers.put(leaf, number);
        checks.add(leaf.check());
        fieldOf.add(field(leaf.field()));
        triggers.add(Triggers.of(number, leaf.check()));
        otherOf.add(leaf.check() instanceof Check.SameAs same ? field(same.other()) : EVERYWHERE);
        groups.add(0L);
        return number;
    }

    private int field(@Nullable String name) {
        return name == null ? EVERYWHERE : fields.computeIfAbsent(name, key -> fields.size());
    }

    int size() {
        return checks.size();
    }

    Check check(int atom) {
        return checks.get(atom);
    }

    int field(int atom) {
        return fieldOf.get(atom);
    }

    int other(int atom) {
        return otherOf.get(atom);
    }

    long groups(int atom) {
        return groups.get(atom);
    }

    List<Trigger> triggers(int atom) {
        return triggers.get(atom);
    }

    Map<String, Integer> fields() {
        return fields;
    }

    /** Compiled patterns by atom; null for other checks and where a trigger alone decides. */
    @Nullable
    GlobMatcher[] matchers() {
        @Nullable GlobMatcher[] matchers = new @Nullable GlobMatcher[checks.size()];
        for (int i = 0; i < matchers.length; i++) {
            boolean decided = triggers.get(i).stream().anyMatch(Trigger::decides);
            matchers[i] = checks.get(i) instanceof Glob glob && !decided ? glob.matcher() : null;
        }
        return matchers;
    }

    /** Whether the atom can hold only if its field has a value. */
    boolean needsField(int atom) {
        return field(atom) != EVERYWHERE
                && switch (checks.get(atom)) {
                    case Check.Absent ignored -> false;
                    case Check.Exists(boolean wanted) -> wanted;
                    default -> true;
                };
    }
}
