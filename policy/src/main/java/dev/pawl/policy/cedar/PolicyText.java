package dev.pawl.policy.cedar;

import java.util.stream.Collectors;

/** Writes policies as readable text, one condition a line. */
final class PolicyText {
    private PolicyText() {}

    static String of(CedarPolicy policy) {
        StringBuilder out = new StringBuilder();
        policy.annotations().forEach((name, value) -> {
            out.append('@').append(name);
            if (!value.isEmpty()) {
                out.append('(').append(Quotes.quote(value)).append(')');
            }
            out.append('\n');
        });
        out.append(policy.effect().keyword())
                .append(" (")
                .append(entity("principal", policy.principal()))
                .append(", ")
                .append(action(policy.action()))
                .append(", ")
                .append(entity("resource", policy.resource()))
                .append(')');
        for (Condition condition : policy.conditions()) {
            out.append('\n')
                    .append(condition.unless() ? "unless" : "when")
                    .append(" { ")
                    .append(ExpressionText.of(condition.expression()))
                    .append(" }");
        }
        return out.append(';').toString();
    }

    private static String entity(String variable, EntityConstraint constraint) {
        return switch (constraint) {
            case EntityConstraint.Any _ -> variable;
            case EntityConstraint.Equal equal -> variable + " == " + equal.uid();
            case EntityConstraint.In in -> variable + " in " + in.group();
            case EntityConstraint.Is is -> variable + " is " + is.type();
            case EntityConstraint.IsIn isIn -> variable + " is " + isIn.type() + " in " + isIn.group();
        };
    }

    private static String action(ActionConstraint constraint) {
        return switch (constraint) {
            case ActionConstraint.Any _ -> "action";
            case ActionConstraint.Equal equal -> "action == " + equal.uid();
            case ActionConstraint.In in -> "action in " + in.group();
            case ActionConstraint.InAny any ->
                any.groups().stream().map(EntityUid::toString).collect(Collectors.joining(", ", "action in [", "]"));
        };
    }
}
