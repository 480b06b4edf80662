package dev.pawl.gateway;

import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Kernel pipes for splice(2), lent to a direction only while bytes are held in them: a quiet flow owns none. Used on
 * one event loop.
 */
final class Pipes {
    /** Capacity the kernel gives a pipe unasked (pipe(7)); also what one splice moves at most. */
    static final int SIZE = 65_536;

    /** What goes by way of memory at most. */
    static final int ROOM = 16_384;

    private static final int IDLE = 32;

    private final ByteBuffer room = ByteBuffer.allocateDirect(ROOM);
    private final ArrayDeque<Pipe> idle = new ArrayDeque<>();
    private boolean closed;

    /** Both ends of one pipe, non-blocking, closed on exec. */
    record Pipe(FileDescriptor out, FileDescriptor in) {
        void close() {
            for (FileDescriptor end : new FileDescriptor[] {out, in}) {
                try {
                    end.close();
                } catch (IOException e) {
                    // Linux frees the descriptor whatever close(2) answers.
                }
            }
        }
    }

    /** Memory for bytes that are passed on at once; free between calls. */
    ByteBuffer room() {
        return room;
    }

    /** An empty pipe. */
    Pipe take() throws IOException {
        Pipe pipe = idle.pollLast();
        if (pipe != null) {
            return pipe;
        }
        FileDescriptor[] ends = FileDescriptor.pipe();
        return new Pipe(ends[0], ends[1]);
    }

    /** Takes back a pipe; one that still holds bytes is closed, they belong to nobody else. */
    void give(Pipe pipe, boolean empty) {
        if (empty && !closed && idle.size() < IDLE) {
            idle.addLast(pipe);
        } else {
            pipe.close();
        }
    }

    void close() {
        closed = true;
        idle.forEach(Pipe::close);
        idle.clear();
    }
}
