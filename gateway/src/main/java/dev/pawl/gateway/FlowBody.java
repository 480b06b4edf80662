package dev.pawl.gateway;

import dev.pawl.core.Attempt;
import dev.pawl.core.Body;
import dev.pawl.core.Egress.Passage;
import dev.pawl.core.Protocol;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What events say of one flow.
 *
 * @param overheard what was spoken, where that is of interest
 */
record FlowBody(
        String id,
        Passage passage,
        Instant opened,
        @Nullable Overheard overheard) {
    /** A connection that never became a flow. */
    static Body.Connect never(Attempt.Connect target) {
        return new Body.Connect(
                "tcp", target.host().orElse(null), target.address().getHostAddress(), target.port());
    }

    Body.Flow of(InetSocketAddress address, long sent, long received, @Nullable Instant closed) {
        return new Body.Flow(
                id,
                passage.target().host().orElse(null),
                address.getAddress().getHostAddress(),
                address.getPort(),
                passage.protocol().name().toLowerCase(Locale.ROOT),
                sent,
                received,
                opened,
                closed,
                closed == null || overheard == null ? null : word(overheard.atEnd()));
    }

    private static @Nullable String word(@Nullable Protocol spoken) {
        return spoken == null ? null : spoken.name().toLowerCase(Locale.ROOT);
    }
}
