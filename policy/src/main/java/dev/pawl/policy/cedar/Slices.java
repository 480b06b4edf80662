package dev.pawl.policy.cedar;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Divides a policy set, each time by the entity that divides it best, until the parts are small. */
final class Slices {
    /** So few policies are run faster than told apart. */
    private static final int FEW = 2;

    /** The key of policies that say nothing about an entity. */
    private enum Nothing {
        SAID
    }

    private Slices() {}

    static Slice of(List<CompiledPolicy> policies) {
        return divide(policies, EnumSet.of(Variable.RESOURCE, Variable.ACTION, Variable.PRINCIPAL));
    }

    private static Slice divide(List<CompiledPolicy> policies, Set<Variable> left) {
        Variable best = policies.size() <= FEW
                ? null
                : left.stream()
                        .min(Comparator.comparingInt(variable -> cost(group(policies, variable))))
                        .orElse(null);
        if (best == null) {
            return new Slice.Leaf(policies);
        }
        Map<Object, List<CompiledPolicy>> groups = group(policies, best);
        EnumSet<Variable> others = EnumSet.copyOf(left);
        others.remove(best);
        if (cost(groups) == policies.size()) {
            return divide(policies, others);
        }
        Branching branching = new Branching();
        groups.forEach((key, group) -> branching.add(key, divide(group, others)));
        return branching.branch(best);
    }

    /** How many policies a request may meet: those that say nothing, and the largest of the other parts. */
    private static int cost(Map<Object, List<CompiledPolicy>> groups) {
        int largest = 0;
        int silent = 0;
        for (Map.Entry<Object, List<CompiledPolicy>> group : groups.entrySet()) {
            if (group.getKey() == Nothing.SAID) {
                silent = group.getValue().size();
            } else {
                largest = Math.max(largest, group.getValue().size());
            }
        }
        return silent + largest;
    }

    private static Map<Object, List<CompiledPolicy>> group(List<CompiledPolicy> policies, Variable variable) {
        Map<Object, List<CompiledPolicy>> groups = new LinkedHashMap<>();
        for (CompiledPolicy policy : policies) {
            Object key = key(policy.policy().scope(), variable);
            groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(policy);
        }
        return groups;
    }

    private static Object key(Scope scope, Variable variable) {
        return switch (variable) {
            case PRINCIPAL -> key(scope.principal());
            case RESOURCE -> key(scope.resource());
            case ACTION -> scope.action() instanceof ActionConstraint.Any ? Nothing.SAID : scope.action();
            case CONTEXT -> throw new IllegalStateException("the context is no entity");
        };
    }

    private static Object key(EntityConstraint constraint) {
        return switch (constraint) {
            case EntityConstraint.Any _ -> Nothing.SAID;
            case EntityConstraint.IsIn isIn -> new EntityConstraint.In(isIn.group());
            case EntityConstraint.Equal equal -> equal;
            case EntityConstraint.In in -> in;
            case EntityConstraint.Is is -> is;
        };
    }

    /** Collects the parts of one branch. */
    private static final class Branching {
        private final Map<EntityUid, Slice> equal = new HashMap<>();
        private final Map<EntityUid, Slice> within = new HashMap<>();
        private final Map<String, Slice> typed = new HashMap<>();
        private final List<Slice.Listed> listed = new ArrayList<>();
        private @Nullable Slice rest;

        void add(Object key, Slice slice) {
            switch (key) {
                case EntityConstraint.Equal one -> equal.put(one.uid(), slice);
                case ActionConstraint.Equal one -> equal.put(one.uid(), slice);
                case EntityConstraint.In one -> within.put(one.group(), slice);
                case ActionConstraint.In one -> within.put(one.group(), slice);
                case EntityConstraint.Is one -> typed.put(one.type(), slice);
                case ActionConstraint.InAny one -> listed.add(new Slice.Listed(one.groups(), slice));
                default -> rest = slice;
            }
        }

        Slice branch(Variable variable) {
            return new Slice.Branch(variable, equal, within, typed, List.copyOf(listed), rest);
        }
    }
}
