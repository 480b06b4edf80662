package dev.pawl.server;

import dev.pawl.ledger.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Lines on a control socket: one JSON object of at most so many bytes, then a line feed. */
final class ControlLine {
    private ControlLine() {}

    /**
     * Reads one line.
     *
     * @throws EOFException if the other side closed before the line feed
     * @throws IOException if reading failed or the deadline closed the channel
     */
    static JsonObject.Parsed read(SocketChannel from, int maximum) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        ByteBuffer block = ByteBuffer.allocate(1024);
        while (line.size() <= maximum) {
            if (from.read(block.clear()) < 0) {
                throw new EOFException("closed before the end of the line");
            }
            for (int i = 0; i < block.position(); i++) {
                if (block.get(i) == '\n') {
                    return JsonObject.parse(line.toByteArray());
                }
                line.write(block.get(i));
            }
        }
        return new JsonObject.Malformed("longer than " + maximum + " bytes");
    }

    static void write(SocketChannel to, byte[] line) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(line);
        while (rest.hasRemaining()) {
            to.write(rest);
        }
    }
}
