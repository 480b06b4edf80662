package dev.pawl.policy.cedar;

/** The head of a policy: whom, what and with what it is about. */
public record Scope(EntityConstraint principal, ActionConstraint action, EntityConstraint resource) {}
