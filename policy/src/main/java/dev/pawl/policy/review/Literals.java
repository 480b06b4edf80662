package dev.pawl.policy.review;

import dev.pawl.core.Cidr;
import dev.pawl.policy.cedar.CedarPolicy;
import dev.pawl.policy.cedar.EntityConstraint;
import dev.pawl.policy.cedar.EntityUid;
import dev.pawl.policy.cedar.Expression;
import dev.pawl.policy.cedar.Function;
import dev.pawl.policy.cedar.Value;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Adds to what is mentioned the values that raw policies name, so that attempts at them are among those tried. */
final class Literals {
    private static final String NAME = "(\\*\\.)?[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63}){0,10}";

    private final Mentions mentions;

    private Literals(Mentions mentions) {
        this.mentions = mentions;
    }

    static void add(CedarPolicy policy, Mentions mentions) {
        Literals literals = new Literals(mentions);
        literals.constraint(policy.resource());
        policy.conditions().forEach(condition -> literals.expression(condition.expression()));
    }

    private void constraint(EntityConstraint constraint) {
        switch (constraint) {
            case EntityConstraint.Any any -> {}
            case EntityConstraint.Is is -> {}
            case EntityConstraint.Equal(EntityUid uid) -> entity(uid);
            case EntityConstraint.In(EntityUid group) -> entity(group);
            case EntityConstraint.IsIn(String _, EntityUid group) -> entity(group);
        }
    }

    private void entity(EntityUid uid) {
        switch (uid.type()) {
            case "Host" -> host(uid.id());
            case "Domain" -> host("*." + uid.id());
            case "Path" -> path(uid.id(), false);
            case "Program" -> path(uid.id(), true);
            case "Address" -> range(uid.id());
            default -> {}
        }
    }

    private void expression(Expression expression) {
        switch (expression) {
            case Expression.Literal(Value value) -> value(value);
            case Expression.Reference reference -> {}
            case Expression.And(List<Expression> operands) -> operands.forEach(this::expression);
            case Expression.Or(List<Expression> operands) -> operands.forEach(this::expression);
            case Expression.Not(Expression operand) -> expression(operand);
            case Expression.Negate(Expression operand) -> expression(operand);
            case Expression.If(Expression condition, Expression then, Expression otherwise) ->
                List.of(condition, then, otherwise).forEach(this::expression);
            case Expression.Binary binary ->
                List.of(binary.left(), binary.right()).forEach(this::expression);
            case Expression.Attribute attribute -> expression(attribute.target());
            case Expression.Has has -> expression(has.target());
            case Expression.Like like -> like(like);
            case Expression.Is is -> expression(is.target());
            case Expression.IsIn isIn -> List.of(isIn.target(), isIn.group()).forEach(this::expression);
            case Expression.SetOf(List<Expression> members) -> members.forEach(this::expression);
            case Expression.RecordOf(List<Expression.Field> fields) ->
                fields.forEach(field -> expression(field.value()));
            case Expression.Call(Function _, List<Expression> arguments) -> arguments.forEach(this::expression);
        }
    }

    private void like(Expression.Like like) {
        expression(like.target());
        List<String> pieces = like.pattern().pieces();
        if (pieces.size() == 2 && pieces.getFirst().isEmpty()) {
            host("*" + pieces.getLast());
        }
        if (pieces.size() == 2 && pieces.getLast().isEmpty()) {
            path(pieces.getFirst(), false);
        }
    }

    private void value(Value value) {
        switch (value) {
            case EntityUid uid -> entity(uid);
            case Value.Int(long number) -> {
                if (number >= 1 && number <= 65535) {
                    mentions.ports.add((int) number);
                }
            }
            case Value.Text(String text) -> {
                host(text);
                path(text, false);
                range(text);
            }
            case Value.Bool bool -> {}
            case Value.Set set -> set.members().forEach(this::value);
            case Value.Record record -> {}
            case Value.Ip ip -> {}
            case Value.Decimal decimal -> {}
            case Value.Datetime datetime -> {}
            case Value.Duration duration -> {}
        }
    }

    private void host(String text) {
        if (text.length() <= 253 && text.matches(NAME)) {
            mentions.hosts.add(text);
        }
    }

    private void path(String text, boolean program) {
        try {
            Path path = Path.of(text).normalize();
            if (path.isAbsolute()) {
                (program ? mentions.programs : mentions.paths).add(path);
            }
        } catch (InvalidPathException e) {
            // Then no path on this machine is meant.
            return;
        }
    }

    private void range(String text) {
        if (text.matches("[0-9a-fA-F:.]{2,45}(/[0-9]{1,3})?")) {
            try {
                mentions.ranges.add(Cidr.parse(text));
            } catch (IllegalArgumentException e) {
                // Not an address; Cedar's ip() takes host bits, a charter does not.
                return;
            }
        }
    }
}
