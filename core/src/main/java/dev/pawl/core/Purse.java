package dev.pawl.core;

import java.time.Instant;
import java.util.Optional;

/**
 * What one run may still use of models: reserved before a request is forwarded, settled when its answer has ended. Every
 * limit that holds for the run counts at once, its own and those it shares with other runs. Thread-safe. Every call may
 * wait for the disk, so none belongs on an event loop.
 */
public interface Purse {
    /**
     * Sets aside what a request may use at most, or nothing. A throw is a no: what could not be counted is not
     * forwarded.
     */
    Reservation reserve(Need need);

    /**
     * What a request may use at most.
     *
     * @param calls requests, 1 for one
     * @param tokens of the request and of the longest answer expected
     * @param micros its price in millionths of a US dollar; empty where no price is known, which is refused where money
     *     is limited
     */
    record Need(long calls, long tokens, Optional<Long> micros) {
        public Need {
            if (calls < 0 || tokens < 0 || micros.orElse(0L) < 0) {
                throw new IllegalArgumentException("nobody can need less than nothing");
            }
        }
    }

    /**
     * What a request has used.
     *
     * @param micros empty where no price is known; then it counts as nothing
     */
    record Spent(long calls, long tokens, Optional<Long> micros) {
        public Spent {
            if (calls < 0 || tokens < 0 || micros.orElse(0L) < 0) {
                throw new IllegalArgumentException("nobody can spend less than nothing");
            }
        }
    }

    /** The answer to a need. */
    sealed interface Reservation permits Granted, Exhausted {}

    /**
     * Set aside, until one of {@link #settle} and {@link #release} is called; the first call counts, later ones do
     * nothing. What is never settled, since its process died, counts as spent in full.
     */
    non-sealed interface Granted extends Reservation {
        /**
         * Sets aside more, for an answer that grows beyond what was reserved. False where that is too much: nothing more
         * was set aside and the answer is to be cut.
         */
        boolean more(long tokens, long micros);

        /** The request has ended and used this, which may be more than was set aside: all of it counts. */
        void settle(Spent actual);

        /** The request was never forwarded: nothing counts. */
        void release();
    }

    /**
     * The request may not be forwarded.
     *
     * @param budget the limit, named as a denial's rule, such as {@code budget.model.tokens}
     * @param reason one sentence for whoever is denied, with the limit, its period and whose it is
     * @param until when that limit begins anew; empty where it does not within this run
     */
    record Exhausted(String budget, String reason, Optional<Instant> until) implements Reservation {}
}
