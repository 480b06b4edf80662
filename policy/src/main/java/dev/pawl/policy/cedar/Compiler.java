package dev.pawl.policy.cedar;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Turns expressions into code; what holds no variable is computed here once. Recursion is bounded by the parser. */
final class Compiler {
    /** Nothing that is computed here looks at a request. */
    private static final Request NOTHING = new Request(
            new EntityUid("None", ""), new EntityUid("Action", ""), new EntityUid("None", ""), Value.Record.of());

    private Compiler() {}

    static Code compile(Expression expression) {
        return switch (expression) {
            case Expression.Literal literal -> new Code.Constant(literal.value());
            case Expression.Reference reference ->
                switch (reference.variable()) {
                    case PRINCIPAL -> new Access.Principal();
                    case ACTION -> new Access.Action();
                    case RESOURCE -> new Access.Resource();
                    case CONTEXT -> new Access.Context();
                };
            case Expression.And and -> new Logic.And(all(and.operands()));
            case Expression.Or or -> new Logic.Or(all(or.operands()));
            case Expression.Not not -> new Logic.Not(compile(not.operand()));
            case Expression.Negate negate -> {
                Code operand = compile(negate.operand());
                yield folded(new Arithmetic.Negate(operand), operand);
            }
            case Expression.If one ->
                new Logic.If(compile(one.condition()), compile(one.then()), compile(one.otherwise()));
            case Expression.Binary binary -> binary(binary.operator(), compile(binary.left()), compile(binary.right()));
            case Expression.Attribute attribute -> new Access.Attribute(compile(attribute.target()), attribute.name());
            case Expression.Has has ->
                new Access.Has(compile(has.target()), has.path().toArray(String[]::new));
            case Expression.Like like -> new Likeness(compile(like.target()), like.pattern());
            case Expression.Is is -> new Membership.Is(compile(is.target()), is.type());
            case Expression.IsIn is -> new Membership.IsIn(compile(is.target()), is.type(), group(compile(is.group())));
            case Expression.SetOf set -> {
                Code[] members = all(set.members());
                yield folded(new Collecting.SetOf(members), members);
            }
            case Expression.RecordOf record -> record(record);
            case Expression.Call call -> call(call.function(), all(call.arguments()));
        };
    }

    private static Code[] all(List<Expression> expressions) {
        // A loop: streams would put ten frames on the stack for each level of nesting.
        Code[] codes = new Code[expressions.size()];
        for (int at = 0; at < codes.length; at++) {
            codes[at] = compile(expressions.get(at));
        }
        return codes;
    }

    /** {@code code}, or its value if all operands are known; a failure stays one, at the place where it is reached. */
    private static Code folded(Code code, Code... operands) {
        for (Code operand : operands) {
            if (!(operand instanceof Code.Constant)) {
                return code;
            }
        }
        try {
            return new Code.Constant(code.run(new Frame(NOTHING, Entities.NONE)));
        } catch (CannotEvaluate failure) {
            return new Code.Broken(failure.why());
        }
    }

    private static Code binary(Operator operator, Code left, Code right) {
        return switch (operator) {
            case EQUAL -> new Comparison.Same(left, right, true);
            case NOT_EQUAL -> new Comparison.Same(left, right, false);
            case LESS, AT_MOST, MORE, AT_LEAST -> new Comparison.Ordered(operator, left, right);
            case IN -> new Membership.In(left, group(right));
            case PLUS, MINUS, TIMES -> folded(new Arithmetic.Operation(operator, left, right), left, right);
        };
    }

    private static Membership.Group group(Code right) {
        if (!(right instanceof Code.Constant known)) {
            return new Membership.Computed(right);
        }
        if (known.value() instanceof EntityUid group) {
            return new Membership.One(group);
        }
        if (!(known.value() instanceof Value.Set set)) {
            return new Membership.Computed(right);
        }
        Set<EntityUid> groups = new HashSet<>();
        for (Value member : set.members) {
            if (!(member instanceof EntityUid group)) {
                return new Membership.Computed(right);
            }
            groups.add(group);
        }
        return new Membership.Known(groups);
    }

    private static Code record(Expression.RecordOf record) {
        TreeMap<String, Code> sorted = new TreeMap<>();
        for (Expression.Field field : record.fields()) {
            sorted.put(field.name(), compile(field.value()));
        }
        Code[] members = sorted.values().toArray(Code[]::new);
        return folded(new Collecting.RecordOf(sorted.keySet().toArray(String[]::new), members), members);
    }

    private static Code call(Function function, Code[] arguments) {
        if (arguments.length != function.arguments()) {
            return new Code.Broken(
                    function.title() + " takes " + function.arguments() + " arguments, not " + arguments.length);
        }
        Code first = arguments[0];
        Code last = arguments[arguments.length - 1];
        return switch (function) {
            case CONTAINS -> new Collecting.Contains(first, last);
            case CONTAINS_ALL -> new Collecting.ContainsAll(first, last);
            case CONTAINS_ANY -> new Collecting.ContainsAny(first, last);
            case IS_EMPTY -> new Collecting.IsEmpty(first);
            case GET_TAG -> new Access.GetTag(first, last);
            case HAS_TAG -> new Access.HasTag(first, last);
            case IS_IN_RANGE,
                    LESS_THAN,
                    LESS_THAN_OR_EQUAL,
                    GREATER_THAN,
                    GREATER_THAN_OR_EQUAL,
                    OFFSET,
                    DURATION_SINCE -> folded(new Extensions.Binary(function, first, last), arguments);
            case IP,
                    DECIMAL,
                    DATETIME,
                    DURATION,
                    IS_IPV4,
                    IS_IPV6,
                    IS_LOOPBACK,
                    IS_MULTICAST,
                    TO_DATE,
                    TO_TIME,
                    TO_MILLISECONDS,
                    TO_SECONDS,
                    TO_MINUTES,
                    TO_HOURS,
                    TO_DAYS -> folded(new Extensions.Unary(function, first), arguments);
        };
    }
}
