package dev.pawl.server.approvals;

import java.util.List;

/** Where an attempt or an answer came to stand on the board. */
sealed interface Place {
    /** The attempt waits for an answer to a question that was open already. */
    record Waits() implements Place {}

    /** The attempt opened a question. */
    record Opened(Question question) implements Place {}

    /** The attempt is the act of a question that was answered. */
    record Answered(Question question, Said said) implements Place {}

    /** The attempt is not asked about. */
    record Denied(Outcome outcome) implements Place {}

    /** The answer is the first to its question, and counts once it is recorded. */
    record Taken(Question question) implements Place {}

    /** The answer is to no open question. */
    record NotTaken(String reason) implements Place {}

    /** The answer counts for these attempts. */
    record Settled(List<Ask> waiting) implements Place {
        public Settled {
            waiting = List.copyOf(waiting);
        }
    }
}
