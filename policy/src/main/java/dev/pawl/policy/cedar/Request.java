package dev.pawl.policy.cedar;

/** What is asked: may {@code principal} do {@code action} with {@code resource}. */
public record Request(EntityUid principal, EntityUid action, EntityUid resource, Value.Record context) {}
