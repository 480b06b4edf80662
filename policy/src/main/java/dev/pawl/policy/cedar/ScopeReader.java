package dev.pawl.policy.cedar;

import java.util.ArrayList;
import java.util.List;

/** Reads the head of a policy: {@code (principal ..., action ..., resource ...)}. */
final class ScopeReader {
    private final Reader reader;

    ScopeReader(Reader reader) {
        this.reader = reader;
    }

    Scope scope() throws CedarException {
        reader.expect("(");
        EntityConstraint principal = entityConstraint(Variable.PRINCIPAL);
        reader.expect(",");
        ActionConstraint action = actionConstraint();
        reader.expect(",");
        EntityConstraint resource = entityConstraint(Variable.RESOURCE);
        reader.take(",");
        reader.expect(")");
        return new Scope(principal, action, resource);
    }

    private void variable(Variable variable) throws CedarException {
        reader.expect(variable.keyword());
        if (reader.token().is(":")) {
            throw reader.error(reader.token(), "types after ':' are not supported; write 'is'");
        }
    }

    private EntityConstraint entityConstraint(Variable variable) throws CedarException {
        variable(variable);
        if (reader.take("==")) {
            return new EntityConstraint.Equal(one(0));
        }
        if (reader.take("in")) {
            return new EntityConstraint.In(one(0));
        }
        if (!reader.take("is")) {
            return new EntityConstraint.Any();
        }
        Reader.Name type = reader.name("a type");
        if (type.entity()) {
            throw reader.error(type.first(), "'is' takes a type, not an entity");
        }
        if (reader.token().is("==")) {
            throw reader.error(reader.token(), "'is' goes with 'in', not with '=='");
        }
        return reader.take("in")
                ? new EntityConstraint.IsIn(type.text(), one(0))
                : new EntityConstraint.Is(type.text());
    }

    private ActionConstraint actionConstraint() throws CedarException {
        variable(Variable.ACTION);
        if (reader.take("==")) {
            return new ActionConstraint.Equal(action());
        }
        if (!reader.take("in")) {
            return new ActionConstraint.Any();
        }
        int open = 0;
        while (reader.take("(")) {
            deep(++open);
        }
        ActionConstraint constraint = reader.take("[") ? list() : new ActionConstraint.In(action());
        for (; open > 0; open--) {
            reader.expect(")");
        }
        return constraint;
    }

    private ActionConstraint.InAny list() throws CedarException {
        List<EntityUid> actions = new ArrayList<>();
        while (!reader.take("]")) {
            if (actions.size() == Limits.MEMBERS) {
                throw reader.error(reader.token(), "a list has at most " + Limits.MEMBERS + " actions");
            }
            actions.add(action());
            if (!reader.take(",")) {
                reader.expect("]");
                break;
            }
        }
        return new ActionConstraint.InAny(actions);
    }

    private EntityUid action() throws CedarException {
        Token first = reader.token();
        EntityUid uid = one(0);
        String type = uid.type();
        if (!type.substring(type.lastIndexOf(':') + 1).equals("Action")) {
            throw reader.error(first, "an action has the type Action, in any namespace, not " + type);
        }
        return uid;
    }

    /** One entity, perhaps in parentheses. */
    private EntityUid one(int depth) throws CedarException {
        if (!reader.take("(")) {
            return reader.entity();
        }
        deep(depth + 1);
        EntityUid uid = one(depth + 1);
        reader.expect(")");
        return uid;
    }

    private void deep(int depth) throws CedarException {
        if (depth > Limits.NESTING) {
            throw reader.error(reader.token(), "brackets nest deeper than " + Limits.NESTING);
        }
    }
}
