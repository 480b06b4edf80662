package dev.pawl.gateway.inspect;

import dev.pawl.core.Advisor;
import dev.pawl.core.Attempt;
import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Egress.Passage;
import dev.pawl.core.Holding;
import dev.pawl.core.Matter;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What all requests of one connection have in common.
 *
 * @param desk takes to the monitor what it has to judge and to record
 * @param lookers look at each request after the policy, in this order
 * @param flow id of the flow
 * @param upload bytes the body of one request may have
 * @param open whether the connection still stands
 */
record Setting(
        EventLoop loop,
        Desk desk,
        Advisor advisor,
        List<Outgoing.Factory> lookers,
        Passage passage,
        String flow,
        Authority authority,
        String scheme,
        OptionalLong upload,
        Limits limits,
        Standstill standstill,
        BooleanSupplier open) {
    Setting {
        lookers = List.copyOf(lookers);
    }

    /** Has it judged off the loop; what comes of it comes back on the loop, and not while the run stands still. */
    void ask(Attempt attempt, String cause, Holding holding, Consumer<Matter.Outcome> then) {
        desk.bring(
                new Matter.Tried(attempt, passage.process(), cause, holding),
                outcome -> standstill.after(() -> then.accept(outcome)));
    }

    /** Does what may block off the loop; then {@code then} runs on it, with what went wrong, if anything did. */
    void offLoop(Runnable work, Consumer<@Nullable Throwable> then) {
        desk.offLoop(work, failed -> standstill.after(() -> then.accept(failed)));
    }

    /** Runs on the loop, and not while the run stands still. */
    void onLoop(Runnable action) {
        try {
            loop.execute(() -> standstill.after(action));
        } catch (RejectedExecutionException closed) {
            // The loops are gone, and every connection with them.
        }
    }

    /** Records, and goes on with the event's id, which is empty if nothing was recorded. */
    void record(Body body, String cause, @Nullable Decision decision, Consumer<String> then) {
        desk.bring(
                new Matter.Happened(body, passage.process(), cause, decision),
                outcome -> standstill.after(
                        () -> then.accept(outcome instanceof Matter.Outcome.Recorded(String event) ? event : "")));
    }

    /** Records a request that was never judged, since it could not be read or not be answered. */
    void refused(String method, String path, int status, Decision why, Consumer<String> then) {
        record(http(method, path, status, 0, 0), passage.judged().event(), why, then);
    }

    /** What is recorded of a request. */
    Body.Http http(String method, String path, @Nullable Integer status, long sent, long received) {
        return new Body.Http(flow, method, authority.host(), authority.port(), path, status, sent, received);
    }

    /** Records where nobody waits for it. */
    void record(Body body, String cause, @Nullable Decision decision) {
        desk.bring(new Matter.Happened(body, passage.process(), cause, decision), _ -> {});
    }
}
