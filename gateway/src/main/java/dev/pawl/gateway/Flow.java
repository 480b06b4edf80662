package dev.pawl.gateway;

import dev.pawl.core.Answer;
import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Egress.Passage;
import dev.pawl.core.Monitor.Judged;
import dev.pawl.core.Protocol;
import dev.pawl.gateway.identify.HttpOpening;
import dev.pawl.gateway.inspect.Inspected;
import dev.pawl.gateway.inspect.Problem;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection of the agent through the gateway: dialled, recorded, checked, relayed, recorded again. No byte moves
 * before the opening is on record, none from the server before the client's first bytes are what the grant says. Used
 * on one event loop.
 */
final class Flow implements Dial.Done {
    /** How long a client may stay silent where its first bytes have to be seen. */
    static final int SILENCE_SECONDS = 60;

    private static final int FORBIDDEN = 403;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int BAD_GATEWAY = 502;
    private static final int GATEWAY_TIMEOUT = 504;

    private enum Stage {
        HELD,
        DIALLING,
        RECORDING,
        CHECKING,
        RELAYING,
        /** Both sockets are somebody else's, who says when it is over. */
        INSPECTING,
        REFUSING,
        CLOSED
    }

    private final Relay relay;
    private final Passage passage;
    private final FlowBody body;
    private final Side agent;

    private Stage stage = Stage.HELD;
    private Judged judged;
    private @Nullable Dial dial;
    private @Nullable Wire wire;
    private @Nullable ScheduledFuture<?> silence;
    private boolean turnDue;
    private @Nullable Farewell farewell;
    private @Nullable Inspected inspected;
    private boolean spent;

    Flow(Relay relay, Side agent, Passage passage) {
        this.relay = relay;
        this.agent = agent;
        this.passage = passage;
        this.judged = passage.judged();
        this.body = new FlowBody(relay.ids().next(), passage, relay.clock().instant());
    }

    /** Takes over the agent's side and dials, or waits for the answer first. */
    void start() {
        agent.onNotice(this::advance);
        try {
            agent.tune();
            agent.register(relay.loop());
            if (passage.answer().isPresent()) {
                passage.answer().get().then(this::carryOut);
            } else {
                dial();
            }
        } catch (IOException | RuntimeException e) {
            end(true, null);
        }
    }

    /** Does what the answer says before whoever brings it goes on. */
    private void carryOut(Judged answer) {
        relay.now(() -> answered(answer));
    }

    private void answered(Judged answer) {
        if (stage != Stage.HELD) {
            return;
        }
        judged = answer;
        if (answer.decision().allowed()) {
            dial();
        } else {
            String next = relay.advisor().next(passage.target(), answer.decision());
            tell(FORBIDDEN, answer.decision(), next, answer.event());
        }
    }

    private void dial() {
        if (relay.sent().spent()) {
            refuse(relay.spentDenial(), FORBIDDEN);
            return;
        }
        stage = Stage.DIALLING;
        List<InetSocketAddress> candidates = relay.destinations().candidates(passage.target()).stream()
                .filter(to -> judged.only().isEmpty() || judged.only().contains(to.getAddress()))
                .toList();
        Dial attempt = new Dial(relay.loop(), candidates, this);
        dial = attempt;
        attempt.next();
    }

    @Override
    public void unreachable(boolean late) {
        Decision nobody = Refusals.unreachable(passage.target(), late);
        tell(
                late ? GATEWAY_TIMEOUT : BAD_GATEWAY,
                nobody,
                "see whether the server runs, or try again later.",
                judged.event());
    }

    @Override
    public void connected(Side upstream, InetSocketAddress address) {
        if (stage != Stage.DIALLING) {
            upstream.reset();
            return;
        }
        stage = Stage.RECORDING;
        upstream.onNotice(this::advance);
        CompletableFuture<String> opening =
                relay.recorder().record(body.opening(address), passage.process(), judged.event(), null);
        wire = new Wire(relay, passage, agent, upstream, address, opening);
        var _ = opening.thenAccept(event -> relay.loop().execute(() -> recorded(event)));
    }

    private void recorded(String event) {
        if (stage != Stage.RECORDING) {
            return;
        }
        if (event.isEmpty()) {
            end(true, null);
            return;
        }
        stage = Stage.CHECKING;
        if (passage.protocol() != Protocol.TCP) {
            silence = relay.loop()
                    .schedule(
                            () -> refuse(Refusals.silent(passage), REQUEST_TIMEOUT), SILENCE_SECONDS, TimeUnit.SECONDS);
        }
        advance();
    }

    /** Does what the latched notices allow; called after each notice and after a pause. Never throws. */
    void advance() {
        Wire through = wire;
        try {
            if (stage == Stage.HELD && agent.hungUp) {
                end(true, null);
            }
            if (stage == Stage.REFUSING) {
                if (farewell != null) {
                    farewell.advance(passage.protocol() == Protocol.HTTP);
                }
                return;
            }
            if (through == null || stage == Stage.RECORDING) {
                if (stage != Stage.CLOSED && agent.failed) {
                    end(true, null);
                }
                return;
            }
            if (stage == Stage.CHECKING && !relay.paused()) {
                check(through);
            }
            if (stage == Stage.RELAYING && !relay.paused()) {
                turn(through);
            }
        } catch (IOException | RuntimeException e) {
            end(true, null);
        }
    }

    private void check(Wire through) throws IOException {
        switch (through.check()) {
            case OPEN -> {
                if (silence != null) {
                    silence.cancel(false);
                }
                if (through.inspected()) {
                    inspect(through);
                } else {
                    stage = Stage.RELAYING;
                }
            }
            case WAITING -> {
                if (agent.failed || through.upstream().hungUp || through.upstream().failed) {
                    end(true, null);
                }
            }
            case SPENT -> relay.budgetSpent();
            case REFUSED -> stop(through.denial());
            case ENDED -> {
                boolean spoke = through.out().moved() > 0;
                end(spoke, spoke ? through.denial() : null);
            }
        }
    }

    private void inspect(Wire through) throws IOException {
        stage = Stage.INSPECTING;
        inspected = relay.inspector()
                .inspect(
                        relay.loop(),
                        passage,
                        passage.terms().inspection().orElseThrow(),
                        body.id(),
                        through.offered(),
                        agent.give(),
                        through.upstream().give(),
                        Unpooled.wrappedBuffer(through.held()),
                        new Counts(relay, through),
                        this::inspected);
    }

    private void inspected(@Nullable Decision denial) {
        if (stage == Stage.INSPECTING) {
            stage = Stage.CLOSED;
            var _ = settle(true, spent ? relay.spentDenial() : denial);
            relay.forget(this);
        }
    }

    /** Stops or restarts all reading. */
    void pause(boolean stop) {
        if (inspected != null && stage == Stage.INSPECTING) {
            inspected.pause(stop);
        } else if (!stop) {
            advance();
        }
    }

    /** Ends a flow that may not go on: with an answer where the server has not begun one, else at once. */
    private void stop(Decision denial) {
        if (wire == null || wire.in().moved() == 0) {
            refuse(denial, FORBIDDEN);
        } else {
            end(true, denial);
        }
    }

    private void turn(Wire through) throws IOException {
        Direction.Outcome out = through.out().turn();
        Direction.Outcome in = through.in().turn();
        if (out == Direction.Outcome.REFUSED || in == Direction.Outcome.REFUSED) {
            stop(through.denial());
        } else if (out == Direction.Outcome.SPENT) {
            relay.budgetSpent();
        } else if (through.out().done() && through.in().done()) {
            end(false, null);
        } else if ((through.out().done() && agent.failed) || (through.in().done() && through.upstream().failed)) {
            end(true, null);
        } else if ((out == Direction.Outcome.AGAIN || in == Direction.Outcome.AGAIN) && !turnDue) {
            turnDue = true;
            relay.loop().execute(() -> {
                turnDue = false;
                advance();
            });
        }
    }

    /**
     * Ends the flow before an answer from upstream has begun, and tells the agent why if it speaks HTTP: nothing is
     * dialled or forwarded any more, the denial is recorded, and then the agent gets its answer or a reset.
     *
     * @param status of HTTP
     */
    void refuse(Decision denial, int status) {
        if (stage == Stage.REFUSING || stage == Stage.CLOSED) {
            return;
        }
        stage = Stage.REFUSING;
        var _ = settle(true, denial)
                .thenAccept(event -> relay.loop().execute(() -> {
                    if (stage == Stage.REFUSING) {
                        tell(status, denial, relay.advisor().next(passage.target(), denial), event);
                    }
                }));
    }

    /** Ends the flow because nothing more may be sent; false if it was ending already. */
    boolean budgetSpent() {
        if (stage == Stage.REFUSING || stage == Stage.CLOSED) {
            return false;
        }
        if (stage == Stage.INSPECTING && inspected != null) {
            spent = true;
            inspected.cut();
            return true;
        }
        boolean unanswered = wire == null || wire.in().moved() == 0;
        if (unanswered && passage.protocol() != Protocol.TCP) {
            refuse(relay.spentDenial(), FORBIDDEN);
        } else {
            end(true, relay.spentDenial());
        }
        return true;
    }

    /**
     * The last an agent hears of this connection, for which nothing upstream is left and all is on record.
     *
     * @param event id of the event that says why
     */
    private void tell(int status, Decision why, String next, String event) {
        stage = Stage.REFUSING;
        byte[] first = wire == null ? new byte[HttpOpening.LIMIT] : wire.first();
        int seen = wire == null ? 0 : wire.firstCount();
        Farewell last = new Farewell(relay, agent, first, seen, new Problem(status, why, next, event), () -> {
            stage = Stage.CLOSED;
            relay.forget(this);
        });
        farewell = last;
        last.advance(passage.protocol() == Protocol.HTTP);
    }

    /** Ends the flow, with a reset to both sides or in good order, and records its totals. May be repeated. */
    void end(boolean reset, @Nullable Decision decision) {
        if (farewell != null) {
            farewell.reset();
        }
        if (stage == Stage.CLOSED) {
            return;
        }
        if (stage == Stage.HELD) {
            passage.answer().ifPresent(Answer::giveUp);
        }
        if (stage == Stage.INSPECTING && inspected != null) {
            inspected.cut();
            return;
        }
        boolean settled = stage == Stage.REFUSING;
        stage = Stage.CLOSED;
        close(agent, reset);
        if (!settled) {
            var _ = settle(reset, decision);
        }
        relay.forget(this);
    }

    /** Ends everything but the agent's side, and records that; the event's id is empty if nothing was to be recorded. */
    private CompletableFuture<String> settle(boolean reset, @Nullable Decision decision) {
        if (silence != null) {
            silence.cancel(false);
        }
        if (dial != null) {
            dial.abandon();
        }
        Wire through = wire;
        if (through != null) {
            close(through.upstream(), reset);
            through.out().release();
            through.in().release();
            Body.Flow totals = body.closing(through, relay.clock().instant());
            return relay.recorder().recordAfter(through.opening(), totals, passage.process(), judged.event(), decision);
        }
        return decision == null
                ? CompletableFuture.completedFuture("")
                : relay.recorder()
                        .record(FlowBody.never(passage.target()), passage.process(), judged.event(), decision);
    }

    private static void close(Side side, boolean reset) {
        if (reset) {
            side.reset();
        } else {
            side.close();
        }
    }
}
