package dev.pawl.policy.cedar;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads literals, names, brackets, and what hangs on them with points and brackets. */
final class PrimaryReader {
    private static final String TOO_LARGE = "numbers go from -9223372036854775808 to 9223372036854775807";

    private final Reader reader;
    private final ExpressionReader expressions;
    private boolean negated;

    PrimaryReader(Reader reader, ExpressionReader expressions) {
        this.reader = reader;
        this.expressions = expressions;
    }

    /** Whether the last {@link #member} was a lone number that took the minus before it: -9223372036854775808 is one. */
    boolean negated() {
        return negated;
    }

    /** A primary with its accesses. */
    Expression member(boolean afterMinus) throws CedarException {
        negated = false;
        if (reader.token().kind() == Token.Kind.NUMBER) {
            Token number = reader.take();
            boolean alone = !reader.token().is(".")
                    && !reader.token().is("[")
                    && !reader.token().is("(");
            Expression literal = literal(new Value.Int(number(number, afterMinus && alone)));
            negated = afterMinus && alone;
            return alone ? literal : accesses(literal);
        }
        Expression read = accesses(primary());
        negated = false;
        return read;
    }

    private long number(Token number, boolean minus) throws CedarException {
        try {
            return Long.parseLong(minus ? "-" + number.text() : number.text());
        } catch (NumberFormatException _) {
            throw reader.error(number, TOO_LARGE);
        }
    }

    private Expression literal(Value value) throws CedarException {
        return expressions.made(new Expression.Literal(value), 0);
    }

    private Expression accesses(Expression start) throws CedarException {
        Expression read = start;
        while (true) {
            if (reader.take(".")) {
                Token name = reader.token();
                String attribute = reader.identifier("an attribute or a method");
                read = reader.token().is("(")
                        ? method(read, name)
                        : expressions.made(new Expression.Attribute(read, attribute), expressions.height());
            } else if (reader.take("[")) {
                int below = expressions.height();
                String attribute = reader.string("an attribute, written as a string");
                reader.expect("]");
                read = expressions.made(new Expression.Attribute(read, attribute), below);
            } else if (reader.token().is("(")) {
                throw reader.error(reader.token(), "only functions and methods can be called");
            } else {
                return read;
            }
        }
    }

    private Expression method(Expression target, Token name) throws CedarException {
        Function function = Function.named(name.text());
        if (function == null || !function.method()) {
            throw reader.error(
                    name, "there is no method '" + name.text() + "'" + (function == null ? "" : "; it is a function"));
        }
        List<Expression> arguments = new ArrayList<>(List.of(target));
        return call(function, name, arguments, expressions.height());
    }

    private Expression call(Function function, Token name, List<Expression> arguments, int below)
            throws CedarException {
        reader.expect("(");
        int deepest = Math.max(below, list(arguments, ")"));
        if (function.counted() && arguments.size() != function.arguments()) {
            throw reader.error(
                    name,
                    function.title() + " takes " + (function.arguments() - 1) + " arguments, not "
                            + (arguments.size() - 1));
        }
        return expressions.made(new Expression.Call(function, arguments), deepest);
    }

    /** Adds expressions to {@code members} up to the closing bracket, a last comma allowed; their greatest height. */
    private int list(List<Expression> members, String close) throws CedarException {
        int below = 0;
        while (!reader.take(close)) {
            members.add(expressions.expression());
            expressions.few(members);
            below = Math.max(below, expressions.height());
            if (!reader.take(",")) {
                reader.expect(close);
                break;
            }
        }
        return below;
    }

    private Expression primary() throws CedarException {
        Token first = reader.token();
        return switch (first.kind()) {
            case STRING -> literal(new Value.Text(reader.string("a string")));
            case IDENTIFIER -> named(first);
            case SYMBOL -> bracketed(first);
            case NUMBER, SLOT, END -> throw reader.unexpected("an expression");
        };
    }

    private Expression bracketed(Token first) throws CedarException {
        if (reader.take("(")) {
            Expression inner = expressions.expression();
            reader.expect(")");
            return inner;
        }
        if (reader.take("[")) {
            List<Expression> members = new ArrayList<>();
            int below = list(members, "]");
            return expressions.made(new Expression.SetOf(members), below);
        }
        if (first.is("{")) {
            return record();
        }
        throw reader.unexpected("an expression");
    }

    private Expression record() throws CedarException {
        reader.expect("{");
        List<Expression.Field> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        int below = 0;
        while (!reader.take("}")) {
            Token start = reader.token();
            String name = start.kind() == Token.Kind.STRING
                    ? reader.string("a name")
                    : reader.identifier("the name of a field");
            if (!names.add(name)) {
                throw reader.error(start, "the field " + Shown.shorten(name) + " stands there twice");
            }
            reader.expect(":");
            fields.add(new Expression.Field(name, expressions.expression()));
            expressions.few(fields);
            below = Math.max(below, expressions.height());
            if (!reader.take(",")) {
                reader.expect("}");
                break;
            }
        }
        return expressions.made(new Expression.RecordOf(fields), below);
    }

    private Expression named(Token first) throws CedarException {
        if (reader.take("true")) {
            return literal(Value.Bool.TRUE);
        }
        if (reader.take("false")) {
            return literal(Value.Bool.FALSE);
        }
        Reader.Name name = reader.name("an expression");
        if (name.entity()) {
            return literal(new EntityUid(name.text(), reader.string("an id")));
        }
        for (Variable variable : Variable.values()) {
            if (variable.keyword().equals(name.text())) {
                return expressions.made(new Expression.Reference(variable), 0);
            }
        }
        if (!reader.token().is("(")) {
            throw reader.error(first, "there is no variable '" + name.text() + "'; strings stand in quotes");
        }
        Function function = Function.named(name.text());
        if (function == null || function.method()) {
            throw reader.error(
                    first, "there is no function '" + name.text() + "'" + (function == null ? "" : "; it is a method"));
        }
        return call(function, first, new ArrayList<>(), 0);
    }
}
