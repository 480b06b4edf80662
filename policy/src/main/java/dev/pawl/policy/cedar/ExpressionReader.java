package dev.pawl.policy.cedar;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads expressions by recursive descent.
 *
 * <p>Two counts keep every later recursion over the tree shallow: {@link #depth} is how many brackets and operators are
 * open, {@link #height} is the height of the tree read last. Chains such as {@code a.b.c} grow in height without opening
 * anything, so both are needed.
 */
final class ExpressionReader {
    private final Reader reader;
    private final PrimaryReader primaries;
    private int depth;
    private int height;

    ExpressionReader(Reader reader) {
        this.reader = reader;
        this.primaries = new PrimaryReader(reader, this);
    }

    /** The whole expression of a condition. */
    Expression condition() throws CedarException {
        depth = 0;
        return expression();
    }

    int height() {
        return height;
    }

    /** Counts {@code made}, whose highest operand has {@code below}. */
    <E extends Expression> E made(E expression, int below) throws CedarException {
        height = below + 1;
        if (height > Limits.NESTING) {
            throw tooDeep();
        }
        return expression;
    }

    private CedarException tooDeep() {
        return reader.error(reader.token(), "expressions nest deeper than " + Limits.NESTING);
    }

    Expression expression() throws CedarException {
        if (++depth > Limits.NESTING) {
            throw tooDeep();
        }
        Expression read = reader.take("if") ? conditional() : chains();
        depth--;
        return read;
    }

    private Expression conditional() throws CedarException {
        Expression condition = expression();
        int below = height;
        reader.expect("then");
        Expression then = expression();
        below = Math.max(below, height);
        reader.expect("else");
        Expression otherwise = expression();
        return made(new Expression.If(condition, then, otherwise), Math.max(below, height));
    }

    /** Both chains in one method, and sums with products in another: fewer frames on the stack for each bracket. */
    private Expression chains() throws CedarException {
        List<Expression> choices = new ArrayList<>(1);
        List<Expression> operands = new ArrayList<>(1);
        int highest = 0;
        do {
            operands.clear();
            int below = 0;
            do {
                operands.add(relation());
                below = Math.max(below, height);
                few(operands);
            } while (reader.take("&&"));
            choices.add(operands.size() == 1 ? operands.getFirst() : made(new Expression.And(operands), below));
            highest = Math.max(highest, height);
            few(choices);
        } while (reader.take("||"));
        return choices.size() == 1 ? choices.getFirst() : made(new Expression.Or(choices), highest);
    }

    /** Refuses lists that are too long. */
    void few(List<?> members) throws CedarException {
        if (members.size() > Limits.MEMBERS) {
            throw reader.error(reader.token(), "at most " + Limits.MEMBERS + " of these may stand side by side");
        }
    }

    private Expression relation() throws CedarException {
        Expression left = sum();
        if (!relational(reader.token())) {
            return left;
        }
        Expression read = relation(reader.token(), left, height);
        if (relational(reader.token())) {
            throw reader.error(reader.token(), "only one of == < in has like is may stand here; use parentheses");
        }
        return read;
    }

    private Expression relation(Token operator, Expression left, int below) throws CedarException {
        return switch (operator.text()) {
            case "==" -> binary(Operator.EQUAL, left, below);
            case "!=" -> binary(Operator.NOT_EQUAL, left, below);
            case "<" -> binary(Operator.LESS, left, below);
            case "<=" -> binary(Operator.AT_MOST, left, below);
            case ">" -> binary(Operator.MORE, left, below);
            case ">=" -> binary(Operator.AT_LEAST, left, below);
            case "in" -> binary(Operator.IN, left, below);
            case "has" -> has(left, below);
            case "like" -> like(left, below);
            case "is" -> is(left, below);
            default -> throw reader.error(operator, "'=' is no operator; equality is '=='");
        };
    }

    private static boolean relational(Token token) {
        if (token.kind() != Token.Kind.SYMBOL && token.kind() != Token.Kind.IDENTIFIER) {
            return false;
        }
        return switch (token.text()) {
            case "==", "!=", "<", "<=", ">", ">=", "=", "in", "has", "like", "is" -> true;
            default -> false;
        };
    }

    private Expression binary(Operator operator, Expression left, int below) throws CedarException {
        reader.take();
        Expression right = sum();
        return made(new Expression.Binary(operator, left, right), Math.max(below, height));
    }

    private Expression has(Expression target, int below) throws CedarException {
        reader.take();
        if (reader.token().kind() == Token.Kind.STRING) {
            return made(new Expression.Has(target, List.of(reader.string("an attribute"))), below);
        }
        List<String> path = new ArrayList<>();
        do {
            path.add(reader.identifier("an attribute"));
            if (path.size() > Limits.NESTING) {
                throw tooDeep();
            }
        } while (reader.take("."));
        return made(new Expression.Has(target, path), below);
    }

    private Expression like(Expression target, int below) throws CedarException {
        reader.take();
        if (reader.token().kind() != Token.Kind.STRING) {
            throw reader.unexpected("a pattern, written as a string, after 'like'");
        }
        Pattern pattern = Escapes.pattern(reader.lexer(), reader.token());
        reader.take();
        return made(new Expression.Like(target, pattern), below);
    }

    private Expression is(Expression target, int below) throws CedarException {
        reader.take();
        Reader.Name type = reader.name("a type after 'is'");
        if (type.entity()) {
            throw reader.error(type.first(), "'is' takes a type, not an entity");
        }
        if (!reader.take("in")) {
            return made(new Expression.Is(target, type.text()), below);
        }
        Expression group = sum();
        return made(new Expression.IsIn(target, type.text(), group), Math.max(below, height));
    }

    private Expression sum() throws CedarException {
        return sum(Operator.PLUS);
    }

    /** A sum, or with {@code least} TIMES one product. */
    private Expression sum(Operator least) throws CedarException {
        Expression left = unary();
        while (true) {
            Operator operator = arithmetic(reader.token());
            if (operator == null || (least == Operator.TIMES && operator != Operator.TIMES)) {
                return left;
            }
            reader.take();
            int below = height;
            Expression right = operator == Operator.TIMES ? unary() : sum(Operator.TIMES);
            left = made(new Expression.Binary(operator, left, right), Math.max(below, height));
        }
    }

    private @Nullable Operator arithmetic(Token token) throws CedarException {
        if (token.kind() != Token.Kind.SYMBOL) {
            return null;
        }
        return switch (token.text()) {
            case "+" -> Operator.PLUS;
            case "-" -> Operator.MINUS;
            case "*" -> Operator.TIMES;
            case "/", "%" -> throw reader.error(token, "'" + token.text() + "' is not supported: there is no division");
            default -> null;
        };
    }

    private Expression unary() throws CedarException {
        Token first = reader.token();
        if (!first.is("!") && !first.is("-")) {
            return primaries.member(false);
        }
        int count = 0;
        while (reader.take(first.text())) {
            count++;
        }
        // Cedar takes four of these in a row and no more.
        if (count > 4) {
            throw reader.error(first, "at most four '" + first.text() + "' may stand in a row");
        }
        boolean minus = first.is("-");
        Expression operand = primaries.member(minus);
        for (int left = minus && primaries.negated() ? count - 1 : count; left > 0; left--) {
            operand = made(minus ? new Expression.Negate(operand) : new Expression.Not(operand), height);
        }
        return operand;
    }
}
