package dev.pawl.policy.cedar;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One policy. Two are equal if they have the same id and say the same; where they stand does not count.
 *
 * @param id what answers call it
 * @param annotations in their order; one without a value has the value ""
 * @param conditions in their order
 * @param source the name of the text it stands in
 * @param line where it begins, from 1
 */
public record CedarPolicy(
        String id,
        Effect effect,
        Map<String, String> annotations,
        Scope scope,
        List<Condition> conditions,
        String source,
        int line) {
    /** Copies the collections. */
    public CedarPolicy {
        annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
        conditions = List.copyOf(conditions);
    }

    /** The same policy under another id. */
    public CedarPolicy withId(String other) {
        return new CedarPolicy(other, effect, annotations, scope, conditions, source, line);
    }

    /** What the head says about the principal. */
    public EntityConstraint principal() {
        return scope.principal();
    }

    /** What the head says about the action. */
    public ActionConstraint action() {
        return scope.action();
    }

    /** What the head says about the resource. */
    public EntityConstraint resource() {
        return scope.resource();
    }

    /** The policy in readable Cedar; parsed again it is equal, but for an id other than its number in the text. */
    public String text() {
        return PolicyText.of(this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CedarPolicy that
                && id.equals(that.id)
                && effect == that.effect
                && annotations.equals(that.annotations)
                && scope.equals(that.scope)
                && conditions.equals(that.conditions);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, effect, annotations, scope, conditions);
    }

    @Override
    public String toString() {
        return id + ": " + text();
    }
}
