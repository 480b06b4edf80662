package dev.pawl.server.approvals;

import java.util.ArrayList;
import java.util.List;

/** A question on the board, open or answered. Guarded by the board. */
final class Entry {
    final Question question;
    final String key;
    final List<Ask> waiting = new ArrayList<>();
    /** Time until an open question is a no, or an unused yes is void; frozen time does not pass. */
    long leftNanos;

    int tries;
    /** Somebody answers at this moment. */
    boolean taken;
    /** Asked once more for those that a single yes did not reach: void when none of them waits. */
    final boolean again;

    Entry(Question question, String key, long leftNanos, boolean again) {
        this.question = question;
        this.key = key;
        this.leftNanos = leftNanos;
        this.again = again;
    }

    void add(Ask ask) {
        waiting.add(ask);
        tries++;
    }
}
