package dev.pawl.policy.cedar;

/**
 * One {@code when} or {@code unless} of a policy.
 *
 * @param unless whether the expression must be false
 */
public record Condition(boolean unless, Expression expression) {}
