package dev.pawl.policy.engine;

import dev.pawl.policy.cedar.ActionConstraint;
import dev.pawl.policy.cedar.CedarPolicy;
import dev.pawl.policy.cedar.Condition;
import dev.pawl.policy.cedar.EntityConstraint;
import dev.pawl.policy.cedar.EntityUid;
import dev.pawl.policy.cedar.Expression;
import java.util.HashSet;
import java.util.Set;

/** Finds every entity that a policy names. Recursion is bounded by the parser. For one thread. */
final class Mentions {
    private final Set<EntityUid> found = new HashSet<>();

    Set<EntityUid> found() {
        return found;
    }

    void add(CedarPolicy policy) {
        add(policy.principal());
        add(policy.resource());
        switch (policy.action()) {
            case ActionConstraint.Any _ -> {}
            case ActionConstraint.Equal equal -> found.add(equal.uid());
            case ActionConstraint.In in -> found.add(in.group());
            case ActionConstraint.InAny in -> found.addAll(in.groups());
        }
        for (Condition condition : policy.conditions()) {
            add(condition.expression());
        }
    }

    private void add(EntityConstraint constraint) {
        switch (constraint) {
            case EntityConstraint.Any _, EntityConstraint.Is _ -> {}
            case EntityConstraint.Equal equal -> found.add(equal.uid());
            case EntityConstraint.In in -> found.add(in.group());
            case EntityConstraint.IsIn in -> found.add(in.group());
        }
    }

    private void add(Expression expression) {
        switch (expression) {
            case Expression.Literal(EntityUid uid) -> found.add(uid);
            case Expression.Literal _, Expression.Reference _ -> {}
            case Expression.And and -> and.operands().forEach(this::add);
            case Expression.Or or -> or.operands().forEach(this::add);
            case Expression.Not not -> add(not.operand());
            case Expression.Negate negate -> add(negate.operand());
            case Expression.If choice -> {
                add(choice.condition());
                add(choice.then());
                add(choice.otherwise());
            }
            case Expression.Binary binary -> {
                add(binary.left());
                add(binary.right());
            }
            case Expression.Attribute attribute -> add(attribute.target());
            case Expression.Has has -> add(has.target());
            case Expression.Like like -> add(like.target());
            case Expression.Is is -> add(is.target());
            case Expression.IsIn is -> {
                add(is.target());
                add(is.group());
            }
            case Expression.SetOf set -> set.members().forEach(this::add);
            case Expression.RecordOf record -> record.fields().forEach(field -> add(field.value()));
            case Expression.Call call -> call.arguments().forEach(this::add);
        }
    }
}
