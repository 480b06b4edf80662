package dev.pawl.policy.cedar;

import java.util.List;

/** Writes expressions with no more parentheses than the grammar asks for. Recursion is bounded by the parser. */
final class ExpressionText {
    /** How tightly a form binds; a looser one inside a tighter one gets parentheses. */
    private enum Level {
        IF,
        OR,
        AND,
        RELATION,
        SUM,
        PRODUCT,
        UNARY,
        MEMBER;

        /** What may stand on the right of an operator of this level, since these lean to the left. */
        Level right() {
            return switch (this) {
                case SUM -> PRODUCT;
                case PRODUCT -> UNARY;
                case IF, OR, AND, RELATION, UNARY, MEMBER -> SUM;
            };
        }
    }

    private final StringBuilder out = new StringBuilder();

    private ExpressionText() {}

    static String of(Expression expression) {
        ExpressionText text = new ExpressionText();
        text.write(expression);
        return text.out.toString();
    }

    private static Level level(Expression expression) {
        return switch (expression) {
            case Expression.Literal literal ->
                literal.value() instanceof Value.Int number && number.value() < 0 ? Level.UNARY : Level.MEMBER;
            case Expression.If _ -> Level.IF;
            case Expression.Or _ -> Level.OR;
            case Expression.And _ -> Level.AND;
            case Expression.Binary binary ->
                switch (binary.operator()) {
                    case PLUS, MINUS -> Level.SUM;
                    case TIMES -> Level.PRODUCT;
                    case EQUAL, NOT_EQUAL, LESS, AT_MOST, MORE, AT_LEAST, IN -> Level.RELATION;
                };
            case Expression.Has _ -> Level.RELATION;
            case Expression.Like _ -> Level.RELATION;
            case Expression.Is _ -> Level.RELATION;
            case Expression.IsIn _ -> Level.RELATION;
            case Expression.Not _ -> Level.UNARY;
            case Expression.Negate _ -> Level.UNARY;
            case Expression.Reference _ -> Level.MEMBER;
            case Expression.Attribute _ -> Level.MEMBER;
            case Expression.Call _ -> Level.MEMBER;
            case Expression.SetOf _ -> Level.MEMBER;
            case Expression.RecordOf _ -> Level.MEMBER;
        };
    }

    private ExpressionText write(Expression expression, Level least) {
        if (level(expression).compareTo(least) >= 0) {
            write(expression);
        } else {
            out.append('(');
            write(expression);
            out.append(')');
        }
        return this;
    }

    private void write(Expression expression) {
        switch (expression) {
            case Expression.Literal literal -> out.append(literal.value());
            case Expression.Reference reference ->
                out.append(reference.variable().keyword());
            case Expression.And and -> joined(and.operands(), " && ", Level.RELATION);
            case Expression.Or or -> joined(or.operands(), " || ", Level.AND);
            case Expression.Not not -> {
                out.append('!');
                write(not.operand(), Level.MEMBER);
            }
            case Expression.Negate negate -> negate(negate.operand());
            case Expression.If one -> {
                out.append("if ");
                write(one.condition());
                out.append(" then ");
                write(one.then());
                out.append(" else ");
                write(one.otherwise());
            }
            case Expression.Binary binary -> binary(binary);
            case Expression.Attribute attribute -> {
                write(attribute.target(), Level.MEMBER);
                out.append(
                        Words.plain(attribute.name())
                                ? "." + attribute.name()
                                : "[" + Quotes.quote(attribute.name()) + "]");
            }
            case Expression.Has has -> {
                write(has.target(), Level.SUM).out.append(" has ");
                boolean plain = has.path().stream().allMatch(Words::plain);
                out.append(
                        plain
                                ? String.join(".", has.path())
                                : Quotes.quote(has.path().getFirst()));
            }
            case Expression.Like like ->
                write(like.target(), Level.SUM).out.append(" like ").append(like.pattern());
            case Expression.Is is ->
                write(is.target(), Level.SUM).out.append(" is ").append(is.type());
            case Expression.IsIn is -> {
                write(is.target(), Level.SUM)
                        .out
                        .append(" is ")
                        .append(is.type())
                        .append(" in ");
                write(is.group(), Level.SUM);
            }
            case Expression.SetOf set -> {
                out.append('[');
                joined(set.members(), ", ", Level.IF);
                out.append(']');
            }
            case Expression.RecordOf record -> record(record);
            case Expression.Call call -> call(call);
        }
    }

    private void joined(List<Expression> members, String between, Level least) {
        for (int at = 0; at < members.size(); at++) {
            out.append(at == 0 ? "" : between);
            write(members.get(at), least);
        }
    }

    /** A minus before a bare number would become part of the number. */
    private void negate(Expression operand) {
        out.append('-');
        if (operand instanceof Expression.Literal literal && literal.value() instanceof Value.Int number) {
            out.append('(').append(number.value()).append(')');
        } else {
            write(operand, Level.MEMBER);
        }
    }

    private void binary(Expression.Binary binary) {
        Level level = level(binary);
        boolean relation = level == Level.RELATION;
        write(binary.left(), relation ? Level.SUM : level);
        out.append(' ').append(binary.operator().symbol()).append(' ');
        write(binary.right(), level.right());
    }

    private void record(Expression.RecordOf record) {
        out.append('{');
        for (int at = 0; at < record.fields().size(); at++) {
            Expression.Field field = record.fields().get(at);
            out.append(at == 0 ? "" : ", ")
                    .append(Words.plain(field.name()) ? field.name() : Quotes.quote(field.name()))
                    .append(": ");
            write(field.value());
        }
        out.append('}');
    }

    private void call(Expression.Call call) {
        List<Expression> arguments = call.arguments();
        if (call.function().method()) {
            write(arguments.getFirst(), Level.MEMBER).out.append('.');
            arguments = arguments.subList(1, arguments.size());
        }
        out.append(call.function().title()).append('(');
        joined(arguments, ", ", Level.IF);
        out.append(')');
    }
}
