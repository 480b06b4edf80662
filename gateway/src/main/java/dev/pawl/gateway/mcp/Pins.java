package dev.pawl.gateway.mcp;

import java.io.IOException;

/** Remembers of each tool of each server which description was seen first, or agreed to since. Thread-safe. */
public interface Pins {
    /**
     * What is held of a tool. Where nothing is, what is offered is held from now on, and returned.
     *
     * @throws IOException if that cannot be read or kept; then the tool is not shown
     */
    Definition held(String server, String tool, Definition offered) throws IOException;

    /**
     * A person agreed to another description.
     *
     * @throws IOException if it cannot be kept
     */
    void agreed(String server, String tool, Definition shown) throws IOException;
}
