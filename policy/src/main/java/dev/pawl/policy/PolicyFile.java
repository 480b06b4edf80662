package dev.pawl.policy;

/**
 * Policies in the Cedar language, as somebody wrote them.
 *
 * @param source the file as it was named, for messages and for the ids of policies without one
 * @param text the whole file
 */
public record PolicyFile(String source, String text) {}
