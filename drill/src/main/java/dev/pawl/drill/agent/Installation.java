package dev.pawl.drill.agent;

import java.nio.file.Path;

/** What came of installing an agent. */
public sealed interface Installation {
    /** It is there; {@code root} is the directory that holds {@code node_modules}, an absolute real path. */
    record Ready(Path root) implements Installation {}

    /** It is not, and tests that need it are left out; one line that a person understands. */
    record LeftOut(String reason) implements Installation {}
}
