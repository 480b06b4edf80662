package dev.pawl.gateway.mcp;

/** Hears of descriptions of tools that are not those that are held, and has a person look. Thread-safe; does not block. */
@FunctionalInterface
public interface Changes {
    /**
     * A server describes a tool in another way; the agent is shown what is held.
     *
     * @param held what the agent knows
     * @param agreed to be called if a person agrees
     */
    void changed(String server, String tool, Definition held, Definition offered, Runnable agreed);
}
