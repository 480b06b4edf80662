package dev.pawl.gateway.mcp;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/** The body of an answer, of which the agent is shown what may be shown. Used on one event loop. */
interface AnswerBody {
    /** Takes a part; what is shown now, or empty where it is too long to be shown at all. */
    Optional<ByteBuf> take(ByteBuf part, boolean last);

    /** Says what is shown of one message. */
    @FunctionalInterface
    interface Messages {
        /** Empty for nothing of it. Of one that is too long the beginning is given. */
        Optional<byte[]> shown(byte[] message, boolean tooLong);
    }
}
