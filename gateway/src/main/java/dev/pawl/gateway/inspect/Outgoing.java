package dev.pawl.gateway.inspect;

import dev.pawl.core.Decision;
import dev.pawl.core.Egress;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one request on its way out, after the policy allowed it, and at its answer on the way back. Made once for each
 * request and used on its event loop: calls come in order, and none may block. Whatever throws has refused.
 */
public interface Outgoing {
    /**
     * Judges the head. Called before any part of a body, and once, but for a {@link Ruling.Hold}: after that again with the same head. A
     * {@link Ruling.Forward} is no answer to it.
     */
    Ruling head(Head head);

    /**
     * Judges what of the body is not yet forwarded: what was kept back before, and what came since. The names and values
     * of a trailer section are seen as the last of the body. A {@link Ruling.Pass} is no answer to it.
     *
     * @param part to be read and not kept; the same bytes come again as long as they are kept back, at most
     *     {@value #MOST_KEPT} of them
     * @param last whether nothing follows; what is kept back then is a refusal
     */
    Ruling body(ByteBuf part, boolean last);

    /** The head that goes on after {@link Ruling.Gather}, once the body is whole. */
    default Head whole(Head head) {
        return head;
    }

    /**
     * Whether it may have a person asked about the body; asked once all judged the head. Then the digest of all that is seen is
     * reckoned.
     */
    default boolean asks() {
        return false;
    }

    /** A person said yes to what it last held for; what it held comes again. */
    default void agreed() {}

    /**
     * Judges the head of an answer: interim ones, the final one, and a trailer section as one with the same status. Only a
     * {@link Ruling.Show} or a {@link Ruling.Refuse} is an answer to it.
     */
    default Ruling answer(Response head) {
        return new Ruling.Show(head);
    }

    /** Whether it looks at the body of the answer; asked after each head. */
    default boolean readsAnswer() {
        return false;
    }

    /**
     * Judges what of the answer's body is not yet shown to the agent, as {@link #body} does on the way out. Bytes may be
     * overwritten in place.
     */
    default Ruling answerBody(ByteBuf part, boolean last) {
        return new Ruling.Forward(part.readableBytes());
    }

    /** What is to be recorded with the request once it is over; null for nothing. */
    default @Nullable Decision noted() {
        return null;
    }

    /** The request is over, in whatever way. Called once. */
    default void over() {}

    /** Bytes that may be kept back; who keeps back more has refused. */
    int MOST_KEPT = 1 << 16;

    /** Makes one for each request. Used on event loops, of several runs at once. */
    interface Factory {
        /** Whether it looks at this request; {@code path} is decoded and without query. */
        default boolean concerns(Egress.Passage passage, Head head, String path) {
            return true;
        }

        /**
         * @param passage the connection and who made it
         * @param flow id of the flow that the request is part of
         */
        Outgoing open(Egress.Passage passage, String flow);
    }
}
