package dev.pawl.gateway;

import dev.pawl.gateway.identify.HttpOpening;
import dev.pawl.gateway.inspect.Problem;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/**
 * The last a refused agent hears on a connection: a {@link Problem} where its first bytes are HTTP, a reset where they are
 * anything else. What it goes on sending is taken and thrown away until it has read the answer and closes, since a reset
 * would overtake what it has not read yet. Used on one event loop, owns the agent's side.
 */
final class Farewell {
    /** How long first bytes are waited for, and how long an agent may take to close after the answer. */
    static final int PATIENCE_SECONDS = 5;

    private static final long MOST_THROWN_AWAY = 1L << 30;
    /** Reads before other flows get their turn. */
    private static final int TURN = 64;

    private final Relay relay;
    private final Side agent;
    private final byte[] first;
    private final Problem problem;
    private final Runnable ended;
    private int seen;
    private boolean answered;
    private boolean over;
    private long thrownAway;
    private boolean turnDue;
    private ScheduledFuture<?> timer;

    /**
     * Takes over the agent's side; {@link #advance} is to be called once, and after each notice.
     *
     * @param first room for {@value HttpOpening#LIMIT} bytes, of which {@code seen} have come
     * @param ended runs when the side is closed
     */
    Farewell(Relay relay, Side agent, byte[] first, int seen, Problem problem, Runnable ended) {
        this.relay = relay;
        this.agent = agent;
        this.first = first;
        this.seen = seen;
        this.problem = problem;
        this.ended = ended;
        this.timer = later();
    }

    /**
     * Goes on with what can be done now. Never throws.
     *
     * @param patient whether first bytes are worth waiting for
     */
    void advance(boolean patient) {
        if (over || relay.paused()) {
            return;
        }
        try {
            if (!answered && !answer(patient)) {
                return;
            }
            throwAway();
        } catch (IOException | RuntimeException e) {
            reset();
        }
    }

    /** Ends it at once. May be repeated. */
    void reset() {
        end(true);
    }

    /** Whether it was answered; not if it is over already, or more has to come first. */
    private boolean answer(boolean patient) throws IOException {
        while (true) {
            switch (HttpOpening.of(first, seen)) {
                case HTTP_1 -> {
                    write(problem.http1(HttpOpening.isHead(first, seen)));
                    return true;
                }
                case HTTP_2 -> {
                    write(problem.http2());
                    return true;
                }
                case OTHER -> {
                    reset();
                    return false;
                }
                case MORE -> {
                    if (!readFirst()) {
                        if (!patient && seen == 0) {
                            reset();
                        }
                        return false;
                    }
                }
            }
        }
    }

    /** Tries whether or not a notice has come: who is not waited for may have sent something all the same. */
    private boolean readFirst() throws IOException {
        ByteBuffer scratch = relay.scratch();
        int count = agent.socket.read(scratch, 0, first.length - seen);
        if (count < 0) {
            reset();
            return false;
        }
        if (count == 0) {
            agent.readable = false;
            return false;
        }
        scratch.get(0, first, seen, count);
        seen += count;
        return true;
    }

    private void write(byte[] bytes) throws IOException {
        ByteBuffer scratch = relay.scratch();
        scratch.put(0, bytes);
        if (agent.socket.write(scratch, 0, bytes.length) != bytes.length) {
            throw new IOException("a connection had no room for " + bytes.length + " bytes");
        }
        answered = true;
        agent.socket.shutdown(false, true);
        timer.cancel(false);
        timer = later();
    }

    private void throwAway() throws IOException {
        for (int step = 0; step < TURN; step++) {
            if (!agent.readable) {
                return;
            }
            int count = agent.socket.read(relay.scratch(), 0, relay.scratch().capacity());
            if (count < 0) {
                end(false);
                return;
            }
            if (count == 0) {
                agent.readable = false;
            }
            thrownAway += count;
            if (thrownAway > MOST_THROWN_AWAY) {
                reset();
                return;
            }
        }
        if (!turnDue) {
            turnDue = true;
            relay.loop().execute(() -> {
                turnDue = false;
                advance(true);
            });
        }
    }

    /** Frozen time does not count. */
    private ScheduledFuture<?> later() {
        return relay.loop().schedule(this::late, PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void late() {
        if (relay.paused()) {
            timer = later();
        } else {
            end(!answered);
        }
    }

    private void end(boolean reset) {
        if (over) {
            return;
        }
        over = true;
        timer.cancel(false);
        if (reset) {
            agent.reset();
        } else {
            agent.close();
        }
        ended.run();
    }
}
