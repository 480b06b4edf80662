package dev.pawl.gateway;

import dev.pawl.core.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * What a flow under a grant of tcp carries, told by the agent's first bytes as they pass: which narrower grant would
 * have carried it. Nothing is kept back for it. Used on one event loop.
 */
final class Overheard {
    private final byte[] bytes = new byte[Preamble.LIMIT];
    private int seen;
    private @Nullable Protocol spoken;

    /** How many more bytes it wants to see; none once it knows. */
    int wanted() {
        return spoken == null ? bytes.length - seen : 0;
    }

    /** Takes the first {@code count} bytes of {@code next}, at most {@link #wanted}. */
    void hear(byte[] next, int count) {
        System.arraycopy(next, 0, bytes, seen, count);
        seen += count;
        Preamble.Verdict tls = Preamble.judge(Protocol.TLS, bytes, seen);
        Preamble.Verdict http = Preamble.judge(Protocol.HTTP, bytes, seen);
        if (tls == Preamble.Verdict.MATCH) {
            spoken = Protocol.TLS;
        } else if (http == Preamble.Verdict.MATCH) {
            spoken = Protocol.HTTP;
        } else if ((tls != Preamble.Verdict.MORE && http != Preamble.Verdict.MORE) || seen == bytes.length) {
            spoken = Protocol.TCP;
        }
    }

    /** Says that the server has spoken: if it was first, no grant but tcp would have let that through. */
    void answered() {
        if (seen == 0 && spoken == null) {
            spoken = Protocol.TCP;
        }
    }

    /** What was told when no more comes; empty where the agent and the server were silent. */
    @Nullable
    Protocol atEnd() {
        return spoken == null && seen > 0 ? Protocol.TCP : spoken;
    }
}
