package dev.pawl.policy.review;

/**
 * Something odd about a policy that is no error.
 *
 * @param rule the rule or the key it is about, for example {@code network.allow[2]}
 * @param message what is odd and what would change it
 */
public record Warning(String rule, String message) {}
