package dev.pawl.gateway.inspect;

import dev.pawl.core.Decision;
import dev.pawl.core.Price;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What an {@link Outgoing} says. */
public sealed interface Ruling {
    /** Of a head: this one goes on, changed or not. */
    record Pass(Head head) implements Ruling {}

    /**
     * Of a head: what goes on depends on the body. Nothing goes on before all of it was seen and passed; then
     * {@link Outgoing#whole} gives the head, of each who said so, in their order. Who says so has to bound the body.
     */
    record Gather(Head head) implements Ruling {}

    /** Of the head of an answer: this is shown to the agent, with values of fields changed or not. */
    record Show(Response head) implements Ruling {}

    /** Of a body: so many of the bytes not yet forwarded go on, and the rest is kept back until more comes. */
    record Forward(int bytes) implements Ruling {}

    /** Of a body: in place of so many of the bytes not yet forwarded these go on. Whoever gets them releases them. */
    record Replace(int bytes, ByteBuf by) implements Ruling {}

    /**
     * Of a request's head or body: a person has to be asked before more of it goes on. After a yes {@link Outgoing#agreed} is
     * called and the same is asked again; after a no the request is refused.
     *
     * @param kind what was found, a word of this program
     * @param place where
     * @param shown whether method and target hold nothing of what was found, and may be shown
     */
    record Hold(String kind, String place, boolean shown) implements Ruling {}

    /**
     * Of the last of a request's body that was gathered: what it does is decided by itself. Once it may go on {@link
     * Deed#allowed} is called and the same is asked again; where it may not, the agent is answered in the voice of the deed.
     */
    record Decide(Deed deed) implements Ruling {}

    /**
     * Of the last of a request's body that was gathered: the call costs money. Whether it goes on is decided by the policy, or
     * a person; after a yes {@link Outgoing#agreed} is called and the same is asked again.
     *
     * @param details what a person has to see to know how much is bought; names and values, already bounded
     * @param voice how a no is told
     */
    record Spend(
            String provider,
            String operation,
            String change,
            Optional<Price> price,
            List<String> details,
            Problem.Voice voice)
            implements Ruling {
        public Spend {
            details = List.copyOf(details);
        }
    }

    /**
     * Of a body, on either way: first something has to be done that may block. It is run off the event loop, and then the same
     * is asked again, with nothing added; until then nothing more goes on that way. A throw refuses.
     *
     * @param work gets the event that decided the request
     */
    record After(Consumer<String> work) implements Ruling {}

    /**
     * Of any: nothing of it goes on. Where a part went before, the request or its answer is broken off.
     *
     * @param decision why, for the record and the agent; says nothing of what was found but its kind and place
     * @param status of HTTP, 400 to 599
     * @param voice in whose words the agent is told
     */
    record Refuse(Decision decision, int status, Problem.Voice voice) implements Ruling {
        /** Told in Pawl's own words. */
        public Refuse(Decision decision, int status) {
            this(decision, status, Problem.PLAIN);
        }

        public Refuse {
            if (status < 400 || status > 599) {
                throw new IllegalArgumentException("no status of a refusal: " + status);
            }
        }
    }
}
