package dev.pawl.server.authzen;

import dev.pawl.core.Attempt;
import java.util.List;

/** What an evaluation asks for, in the words of the policy. */
sealed interface Meaning {
    /** The parts of one act, all of which have to be allowed, in this order. */
    record Attempts(List<Attempt> parts) implements Meaning {
        public Attempts {
            parts = List.copyOf(parts);
        }
    }

    /** A request that is allowed where its connection is, and, where that grant is inspected, the request too. */
    record Fetch(Attempt.Connect connect, Attempt.Request request) implements Meaning {}

    /** Nothing the policy knows of, or nothing it could be sure about: a no. */
    record Unclear(String reason) implements Meaning {}
}
