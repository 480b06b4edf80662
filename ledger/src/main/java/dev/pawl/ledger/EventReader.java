package dev.pawl.ledger;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * Reads a file of events, one a line, as {@code pawl events --json} prints them. Lines that are no events come out as
 * {@link EventJson.Unreadable}; an unfinished last line does not come out and is counted by {@link #unfinished}. Not
 * thread-safe.
 */
public final class EventReader implements Closeable {
    private final FileChannel channel;
    private final ByteBuffer block = ByteBuffer.allocate(1 << 16);
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long unfinished;

    private EventReader(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Opens a file at its beginning.
     *
     * @throws IOException if it cannot be read
     */
    public static EventReader open(Path path) throws IOException {
        return new EventReader(FileChannel.open(path, StandardOpenOption.READ));
    }

    /**
     * Hands over every whole line that was added since the last call.
     *
     * @throws IOException if the file cannot be read
     */
    public void poll(Consumer<EventJson.Line> to) throws IOException {
        while (channel.read(block.clear()) > 0) {
            byte[] bytes = block.array();
            int start = 0;
            for (int i = 0; i < block.position(); i++) {
                if (bytes[i] == '\n') {
                    take(bytes, start, i - start);
                    to.accept(finish());
                    start = i + 1;
                }
            }
            take(bytes, start, block.position() - start);
        }
    }

    /** Bytes of the last line that has no end yet; 0 where the file ends with a whole line. */
    public long unfinished() {
        return unfinished;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void take(byte[] bytes, int from, int count) {
        unfinished += count;
        if (unfinished <= JsonObject.MAX_BYTES) {
            line.write(bytes, from, count);
        }
    }

    private EventJson.Line finish() {
        EventJson.Line read = unfinished > JsonObject.MAX_BYTES
                ? new EventJson.Unreadable("a line of " + unfinished + " bytes")
                : EventJson.decode(line.toByteArray());
        line.reset();
        unfinished = 0;
        return read;
    }
}
