package dev.pawl.policy.cedar;

import java.util.List;

/** The syntax of an expression. Equal trees mean the same; parentheses and places are not kept. */
public sealed interface Expression {
    /** A literal of type Bool, Int, Text or EntityUid. */
    record Literal(Value value) implements Expression {}

    /** One of the four variables. */
    record Reference(Variable variable) implements Expression {}

    /** {@code a && b && c}: at least two operands. */
    record And(List<Expression> operands) implements Expression {
        /** Copies the list. */
        public And {
            operands = List.copyOf(operands);
        }
    }

    /** {@code a || b || c}: at least two operands. */
    record Or(List<Expression> operands) implements Expression {
        /** Copies the list. */
        public Or {
            operands = List.copyOf(operands);
        }
    }

    /** {@code !a}. */
    record Not(Expression operand) implements Expression {}

    /** {@code -a}. */
    record Negate(Expression operand) implements Expression {}

    /** {@code if condition then one else other}. */
    record If(Expression condition, Expression then, Expression otherwise) implements Expression {}

    /** Two operands with an operator between them. */
    record Binary(Operator operator, Expression left, Expression right) implements Expression {}

    /** {@code target.name} or {@code target["name"]}. */
    record Attribute(Expression target, String name) implements Expression {}

    /** {@code target has a.b.c}: at least one name. */
    record Has(Expression target, List<String> path) implements Expression {
        /** Copies the list. */
        public Has {
            path = List.copyOf(path);
        }
    }

    /** {@code target like "pattern"}. */
    record Like(Expression target, Pattern pattern) implements Expression {}

    /** {@code target is Type}. */
    record Is(Expression target, String type) implements Expression {}

    /** {@code target is Type in group}. */
    record IsIn(Expression target, String type, Expression group) implements Expression {}

    /** {@code [a, b]}. */
    record SetOf(List<Expression> members) implements Expression {
        /** Copies the list. */
        public SetOf {
            members = List.copyOf(members);
        }
    }

    /** {@code {a: 1, "b": 2}}; no name stands there twice. */
    record RecordOf(List<Field> fields) implements Expression {
        /** Copies the list. */
        public RecordOf {
            fields = List.copyOf(fields);
        }
    }

    /** One field of a record. */
    record Field(String name, Expression value) {}

    /** A function or a method; the one before the point is the first argument. */
    record Call(Function function, List<Expression> arguments) implements Expression {
        /** Copies the list. */
        public Call {
            arguments = List.copyOf(arguments);
        }
    }
}
