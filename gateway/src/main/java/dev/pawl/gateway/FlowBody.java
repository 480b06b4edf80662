package dev.pawl.gateway;

import dev.pawl.core.Attempt;
import dev.pawl.core.Body;
import dev.pawl.core.Egress.Passage;
import dev.pawl.core.Protocol;
import dev.pawl.gateway.identify.Identity;
import java.net.InetSocketAddress;
import java.time.Instant;

/** What events say of one flow. */
record FlowBody(String id, Passage passage, Instant opened) {
    /** A connection that never became a flow. */
    static Body.Connect never(Attempt.Connect target) {
        return new Body.Connect(
                "tcp", target.host().orElse(null), target.address().getHostAddress(), target.port());
    }

    /** When it opens: under its grant's protocol, since nobody has spoken. */
    Body.Flow opening(InetSocketAddress address) {
        return new Body.Flow(
                id,
                passage.target().host().orElse(null),
                address.getAddress().getHostAddress(),
                address.getPort(),
                passage.protocol().text(),
                0,
                0,
                opened,
                null);
    }

    /** When it closes: under the protocol that was recognised. */
    Body.Flow closing(Wire wire, Instant closed) {
        Identity identity = wire.identity();
        boolean silent = wire.out().moved() + wire.in().moved() == 0;
        Protocol narrowest = Gate.narrowest(passage, identity, silent);
        Body.Spoken spoken = identity.spoken(
                narrowest == null ? null : narrowest.text(), wire.traffic().course(closed.toEpochMilli()));
        return new Body.Flow(
                id,
                passage.target().host().orElse(null),
                wire.address().getAddress().getHostAddress(),
                wire.address().getPort(),
                silent ? passage.protocol().text() : identity.protocol(),
                wire.out().moved(),
                wire.in().moved(),
                opened,
                closed,
                spoken);
    }
}
