package dev.pawl.core;

import java.util.Optional;

/**
 * What a rule that lets a connection out says of what may flow.
 *
 * @param inspection present where requests are read
 */
public record Terms(Protocol protocol, Optional<Inspection> inspection) {
    /** A flow that is carried unread. */
    public Terms(Protocol protocol) {
        this(protocol, Optional.empty());
    }
}
