package dev.pawl.policy.review;

/**
 * One line of what an agent may do.
 *
 * @param action what is granted: connect, dial, exec, mount-read, ...
 * @param target with what
 * @param detail port or arguments, empty where there are none
 * @param protocol what may flow, empty where nothing does
 * @param rule the rule's name
 * @param forbiddenBy boundary or rule that refuses it, after {@code in part: } where it does not refuse all of it; empty
 *     where nothing does
 */
public record Permission(
        String action, String target, String detail, String protocol, String rule, String forbiddenBy) {}
