package dev.pawl.policy.learn;

import dev.pawl.core.Protocol;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What all flows to one place were, so far. For one thread. */
final class Spoken {
    private final Set<Protocol> heard = EnumSet.noneOf(Protocol.class);

    void add(Protocol protocol) {
        heard.add(protocol);
    }

    void add(Spoken other) {
        heard.addAll(other.heard);
    }

    /** The narrowest protocol that lets all of it flow; empty where nothing flowed, which any does. */
    Optional<Protocol> narrowest() {
        if (heard.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(heard.size() == 1 ? heard.iterator().next() : Protocol.TCP);
    }
}
