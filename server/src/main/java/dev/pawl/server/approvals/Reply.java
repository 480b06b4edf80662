package dev.pawl.server.approvals;

import java.util.Optional;

/** What an answer came to. By the time there is one, everything it says is in effect. */
public sealed interface Reply {
    /**
     * It counts.
     *
     * @param said what was done, one sentence
     * @param line lines for the charter, where those were asked for
     */
    record Taken(String said, Optional<String> line) implements Reply {}

    /** It does not count, and changed nothing. */
    record Refused(String reason) implements Reply {}
}
