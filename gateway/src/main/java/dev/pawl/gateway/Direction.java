package dev.pawl.gateway;

import io.netty.channel.epoll.Native;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Moves bytes from one side of a flow to the other. Little goes by way of memory, read and written at once, and waits in a pipe only where
 * the sink takes no more; where a read
 * fills {@link Pipes#ROOM}, much is coming, and it goes by splice(2): socket to pipe to socket, never through this process.
 *
 * <p>Netty's own {@code spliceTo} is not used: it counts nothing, cannot be stopped while it runs, and closes both
 * ways at the end of one. Its native calls and event loop are.
 *
 * <p>Invariant: bytes are read only while none are held, so splice answering 0 means that the socket is empty, and
 * at a hung up socket that the stream has ended. A read that leaves room has emptied the socket (epoll(7)). Used on one
 * event loop.
 */
final class Direction {
    /** Splices before other flows get their turn: 1 MiB. */
    private static final int TURN = 32;

    private final Side source;
    private final Side sink;
    private final Pipes pipes;
    private final Meter budget;
    private final Look look;
    private Pipes.@Nullable Pipe pipe;
    private int held;
    private boolean much;
    private boolean ended;
    private long moved;

    /**
     * What a turn ended with. AGAIN: there is more to do at once; SPENT: the budget allows no more bytes; REFUSED: what
     * was read may not go on.
     */
    enum Outcome {
        WAITING,
        AGAIN,
        DONE,
        SPENT,
        REFUSED
    }

    /** Sees what passes. */
    interface Look {
        /** Whether the next bytes are of interest, so that they have to go by way of memory. */
        boolean wants();

        /** Whether these may go on. */
        boolean passes(ByteBuffer bytes, int count);

        /** How much was taken at once, whichever way it goes. */
        void moved(int count);
    }

    Direction(Side source, Side sink, Pipes pipes, Meter budget, Look look) {
        this.source = source;
        this.sink = sink;
        this.pipes = pipes;
        this.budget = budget;
        this.look = look;
    }

    /** Bytes taken from the source so far. */
    long moved() {
        return moved;
    }

    /** Whether the source's end was passed on to the sink. */
    boolean done() {
        return ended && held == 0;
    }

    /** Counts bytes that were taken. */
    void count(int bytes) {
        moved += bytes;
        budget.add(bytes);
        look.moved(bytes);
    }

    /** Moves what can be moved now. */
    Outcome turn() throws IOException {
        for (int step = 0; step < TURN; step++) {
            if (held > 0) {
                if (!drain()) {
                    return Outcome.WAITING;
                }
            } else if (ended) {
                return Outcome.DONE;
            } else if (!source.readable) {
                return Outcome.WAITING;
            } else {
                int wanted = budget.allowance(much ? Pipes.SIZE : Pipes.ROOM);
                if (wanted == 0) {
                    return Outcome.SPENT;
                }
                if (much) {
                    fill(wanted);
                } else if (!pass(wanted)) {
                    return Outcome.REFUSED;
                }
            }
        }
        return Outcome.AGAIN;
    }

    /** Whether what was read may go on. */
    private boolean pass(int wanted) throws IOException {
        ByteBuffer room = pipes.room();
        int taken = source.socket.read(room, 0, wanted);
        source.hungUp |= taken < 0;
        if (taken <= 0) {
            empty();
            return true;
        }
        count(taken);
        if (look.wants() && !look.passes(room, taken)) {
            return false;
        }
        much = taken == Pipes.ROOM && !look.wants();
        // At a hung up socket the next read finds the end, which is no notice.
        source.readable = source.hungUp || taken == wanted;
        hand(room, taken);
        return true;
    }

    /** Passes on bytes that were taken and counted before. */
    void push(byte[] bytes, int count) throws IOException {
        ByteBuffer room = pipes.room();
        room.put(0, bytes, 0, count);
        hand(room, count);
    }

    private void hand(ByteBuffer room, int taken) throws IOException {
        int given = Math.max(0, sink.writable ? sink.socket.write(room, 0, taken) : 0);
        if (given < taken) {
            sink.writable = false;
            Pipes.Pipe to = pipes.take();
            pipe = to;
            held = taken - given;
            if (to.in().write(room, given, taken) != held) {
                throw new IOException("an empty pipe had no room for " + held + " bytes");
            }
        }
    }

    private void empty() throws IOException {
        much = false;
        if (source.hungUp) {
            ended = true;
            sink.socket.shutdown(false, true);
        } else {
            source.readable = false;
        }
    }

    private void fill(int wanted) throws IOException {
        Pipes.Pipe to = pipe == null ? pipes.take() : pipe;
        pipe = to;
        int taken = Native.splice(source.socket.intValue(), -1, to.in().intValue(), -1, wanted);
        if (taken > 0) {
            held = taken;
            count(taken);
            return;
        }
        release();
        empty();
    }

    private boolean drain() throws IOException {
        Pipes.Pipe from = pipe;
        if (from == null || !sink.writable) {
            return false;
        }
        int given = Native.splice(from.out().intValue(), -1, sink.socket.intValue(), -1, held);
        if (given <= 0) {
            sink.writable = false;
            return false;
        }
        held -= given;
        if (held == 0 && !much) {
            release();
        }
        return true;
    }

    /** Gives the pipe back; what is held is lost. */
    void release() {
        if (pipe != null) {
            pipes.give(pipe, held == 0);
            pipe = null;
        }
    }
}
