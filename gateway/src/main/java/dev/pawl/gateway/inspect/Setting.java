package dev.pawl.gateway.inspect;

import dev.pawl.core.Advisor;
import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Egress.Passage;
import dev.pawl.core.Monitor;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all requests of one connection have in common.
 *
 * @param blocking where the monitor is called, since a record is on disk when it returns
 * @param lookers look at each request after the policy, in this order
 * @param flow id of the flow
 * @param upload bytes the body of one request may have
 * @param open whether the connection still stands
 */
record Setting(
        EventLoop loop,
        Monitor monitor,
        Executor blocking,
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

    /** Calls the monitor off the loop; what it says comes back on the loop, and not while the run stands still. */
    <T> void ask(Supplier<T> question, BiConsumer<? super @Nullable T, ? super @Nullable Throwable> then) {
        try {
            var _ = CompletableFuture.supplyAsync(question, blocking)
                    .whenComplete((said, failed) -> onLoop(() -> then.accept(said, failed)));
        } catch (RejectedExecutionException closed) {
            onLoop(() -> then.accept(null, closed));
        }
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
        ask(
                () -> monitor.record(body, passage.process(), cause, decision),
                (event, _) -> then.accept(event == null ? "" : event));
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
        try {
            blocking.execute(() -> {
                var _ = monitor.record(body, passage.process(), cause, decision);
            });
        } catch (RejectedExecutionException closed) {
            // Nothing is recorded any more.
        }
    }
}
