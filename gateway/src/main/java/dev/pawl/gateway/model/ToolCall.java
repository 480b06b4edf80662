package dev.pawl.gateway.model;

/**
 * What a model asked its agent to do.
 *
 * @param id the provider's, by which the result comes back; empty where it gave none
 * @param arguments JSON as the model wrote it, or the text of a tool that takes plain text; cut at {@value #LONGEST}
 *     characters
 */
public record ToolCall(String id, String name, String arguments) {
    /** Characters of arguments that are kept. */
    public static final int LONGEST = 65_536;

    /** Calls of one turn that are kept. */
    public static final int MOST = 128;
}
