package dev.pawl.gateway.inspect;

import io.netty.buffer.ByteBuf;

/**
 * How the agent's side of a connection ends: in order once it took what was written, or at once. As long as it takes none
 * of it for {@link Limits#head}, it is at once, so that who never reads keeps nothing open. Used on one event loop.
 */
final class Ending {
    private final Setting setting;
    private final Peer agent;
    private final Deadline deadline;
    private final Runnable ended;
    private boolean over;
    private long thrownAway;

    /** {@code ended} runs once, when the agent's side is closed. */
    Ending(Setting setting, Peer agent, Runnable ended) {
        this.setting = setting;
        this.agent = agent;
        this.deadline = new Deadline(setting.loop());
        this.ended = ended;
    }

    /** Takes over bytes that nobody reads any more; says how many there were. */
    long throwsAway(ByteBuf bytes) {
        thrownAway += bytes.readableBytes();
        bytes.release();
        return thrownAway;
    }

    /** The agent has its last answer, and may still be sending: a reset would overtake what it has not read. */
    void letRead(Runnable then) {
        agent.flushAll();
        deadline.in(setting.limits().farewell(), then);
        agent.read();
    }

    void inOrder() {
        deadline.off();
        agent.closeAfterWrites(this::over);
        if (!over) {
            watch(agent.pending());
        }
    }

    /** Frozen time does not count. */
    private void watch(long before) {
        deadline.in(setting.limits().head(), () -> {
            long now = agent.pending();
            if (now < before || setting.standstill().still()) {
                watch(now);
            } else {
                atOnce();
            }
        });
    }

    void atOnce() {
        agent.reset();
        over();
    }

    private void over() {
        if (!over) {
            over = true;
            deadline.off();
            ended.run();
        }
    }
}
