package dev.pawl.server.approvals;

import dev.pawl.core.Attempt;
import java.time.Duration;
import java.util.Optional;

/** What questions need to know of their run, as it is at the time of the call. Thread-safe. */
public interface Backing {
    /** How long a question waits for an answer. */
    Duration patience();

    /** Whether this user of the machine may answer; reads policy files that changed. */
    boolean mayAnswer(String user);

    /** Who may, for a sentence. */
    String approvers();

    /** The boundary nearest to an attempt, as a sentence; empty if none is near. */
    String near(Attempt attempt);

    /** Lines of a charter that would grant an attempt without a question; empty if none can. */
    Optional<String> line(Attempt attempt);

    /** Whether the run is frozen: then no time passes for questions. */
    boolean frozen();

    /** Whether the run is being stopped or has ended. */
    boolean ending();
}
