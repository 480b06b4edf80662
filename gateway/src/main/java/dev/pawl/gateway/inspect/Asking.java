package dev.pawl.gateway.inspect;

import io.netty.buffer.ByteBuf;
import java.util.List;

/** Writes one request to the server, as far as the budget allows. Used on one event loop. */
final class Asking {
    private final Opening.Request request;
    private final Peer server;
    private final Traffic traffic;

    Asking(Opening.Request request, Peer server, Traffic traffic) {
        this.request = request;
        this.server = server;
        this.traffic = traffic;
    }

    private boolean chunked() {
        return request.framing() instanceof Framing.Chunked;
    }

    void head(Head head) {
        write(HeadText.request(
                server.alloc(), head, request.framing(), request.version10(), request.upgrade(), request.last()));
    }

    void part(ByteBuf bytes) {
        if (chunked()) {
            write(HeadText.chunkLine(server.alloc(), bytes.readableBytes()));
            write(bytes);
            write(HeadText.chunkEnd(server.alloc()));
        } else {
            write(bytes);
        }
    }

    void end(List<Header> trailers) {
        if (chunked()) {
            write(HeadText.trailers(server.alloc(), trailers));
        }
    }

    /** What the budget does not allow is not written, and ends the connection. */
    private void write(ByteBuf bytes) {
        int count = bytes.readableBytes();
        if (traffic.allowance(count) < count) {
            bytes.release();
            traffic.spent();
        } else {
            traffic.sent(count);
            server.write(bytes);
        }
    }
}
