package dev.pawl.policy.cedar;

/**
 * A policy that could not be evaluated and was skipped.
 *
 * @param message what went wrong, for people
 */
public record Failure(CedarPolicy policy, String message) {}
