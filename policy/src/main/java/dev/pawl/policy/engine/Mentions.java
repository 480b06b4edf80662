package dev.pawl.policy.engine;

import dev.pawl.policy.cedar.ActionConstraint;
import dev.pawl.policy.cedar.CedarPolicy;
import dev.pawl.policy.cedar.Condition;
import dev.pawl.policy.cedar.EntityConstraint;
import dev.pawl.policy.cedar.EntityUid;
import dev.pawl.policy.cedar.Expression;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds every entity that a policy names. Recursion is bounded by the parser. For one thread.
 *
 * <p>Asks for one type after the other, since this is part of every start of a run and a switch over types takes a
 * millisecond to be linked. What it does not know, it does not pass over.
 */
final class Mentions {
    private final Set<EntityUid> found = new HashSet<>();

    Set<EntityUid> found() {
        return found;
    }

    void add(CedarPolicy policy) {
        add(policy.principal());
        add(policy.resource());
        add(policy.action());
        for (Condition condition : policy.conditions()) {
            add(condition.expression());
        }
    }

    private void add(ActionConstraint constraint) {
        if (constraint instanceof ActionConstraint.Equal equal) {
            found.add(equal.uid());
        } else if (constraint instanceof ActionConstraint.In in) {
            found.add(in.group());
        } else if (constraint instanceof ActionConstraint.InAny in) {
            found.addAll(in.groups());
        } else if (!(constraint instanceof ActionConstraint.Any)) {
            throw unknown(constraint);
        }
    }

    private void add(EntityConstraint constraint) {
        if (constraint instanceof EntityConstraint.Equal equal) {
            found.add(equal.uid());
        } else if (constraint instanceof EntityConstraint.In in) {
            found.add(in.group());
        } else if (constraint instanceof EntityConstraint.IsIn in) {
            found.add(in.group());
        } else if (!(constraint instanceof EntityConstraint.Any || constraint instanceof EntityConstraint.Is)) {
            throw unknown(constraint);
        }
    }

    private void add(Expression expression) {
        if (expression instanceof Expression.Literal literal) {
            if (literal.value() instanceof EntityUid uid) {
                found.add(uid);
            }
        } else if (!(expression instanceof Expression.Reference)) {
            for (Expression part : parts(expression)) {
                add(part);
            }
        }
    }

    private static List<Expression> parts(Expression expression) {
        if (expression instanceof Expression.And and) {
            return and.operands();
        } else if (expression instanceof Expression.Or or) {
            return or.operands();
        } else if (expression instanceof Expression.Not not) {
            return List.of(not.operand());
        } else if (expression instanceof Expression.Negate negate) {
            return List.of(negate.operand());
        } else if (expression instanceof Expression.If choice) {
            return List.of(choice.condition(), choice.then(), choice.otherwise());
        } else if (expression instanceof Expression.Binary binary) {
            return List.of(binary.left(), binary.right());
        } else if (expression instanceof Expression.Attribute attribute) {
            return List.of(attribute.target());
        } else if (expression instanceof Expression.Has has) {
            return List.of(has.target());
        } else if (expression instanceof Expression.Like like) {
            return List.of(like.target());
        } else if (expression instanceof Expression.Is is) {
            return List.of(is.target());
        } else if (expression instanceof Expression.IsIn is) {
            return List.of(is.target(), is.group());
        } else if (expression instanceof Expression.SetOf set) {
            return set.members();
        } else if (expression instanceof Expression.RecordOf record) {
            return record.fields().stream().map(Expression.Field::value).toList();
        } else if (expression instanceof Expression.Call call) {
            return call.arguments();
        }
        throw unknown(expression);
    }

    private static IllegalStateException unknown(Object part) {
        return new IllegalStateException("it is not known what entities this names: " + part);
    }
}
