package dev.pawl.policy.cedar;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * A policy ready to run.
 *
 * @param place where it stands in its set
 * @param head all that the scope asks for, as one expression
 */
record CompiledPolicy(CedarPolicy policy, int place, boolean forbids, Code head, Code body) {
    static CompiledPolicy of(CedarPolicy policy, int place) {
        List<Code> body = new ArrayList<>();
        for (Condition condition : policy.conditions()) {
            Code code = Compiler.compile(condition.expression());
            body.add(condition.unless() ? new Logic.Not(code) : code);
        }
        return new CompiledPolicy(
                policy, place, policy.effect() == Effect.FORBID, head(policy.scope()), new Logic.And(array(body)));
    }

    private static Code head(Scope scope) {
        List<Code> head = new ArrayList<>();
        entity(head, new Access.Principal(), scope.principal());
        switch (scope.action()) {
            case ActionConstraint.Any _ -> {}
            case ActionConstraint.Equal equal -> head.add(equal(new Access.Action(), equal.uid()));
            case ActionConstraint.In in ->
                head.add(new Membership.In(new Access.Action(), new Membership.One(in.group())));
            case ActionConstraint.InAny any ->
                head.add(new Membership.In(new Access.Action(), new Membership.Known(new HashSet<>(any.groups()))));
        }
        entity(head, new Access.Resource(), scope.resource());
        return new Logic.And(array(head));
    }

    private static void entity(List<Code> head, Code variable, EntityConstraint constraint) {
        switch (constraint) {
            case EntityConstraint.Any _ -> {}
            case EntityConstraint.Equal equal -> head.add(equal(variable, equal.uid()));
            case EntityConstraint.In in -> head.add(new Membership.In(variable, new Membership.One(in.group())));
            case EntityConstraint.Is is -> head.add(new Membership.Is(variable, is.type()));
            case EntityConstraint.IsIn isIn ->
                head.add(new Membership.IsIn(variable, isIn.type(), new Membership.One(isIn.group())));
        }
    }

    private static Code equal(Code variable, EntityUid uid) {
        return new Comparison.Same(variable, new Code.Constant(uid), true);
    }

    private static Code[] array(List<Code> codes) {
        return codes.toArray(Code[]::new);
    }

    /** Whether the policy is satisfied; throws {@link CannotEvaluate}. */
    boolean satisfied(Frame frame) {
        return head.test(frame) && body.test(frame);
    }
}
