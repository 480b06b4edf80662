package dev.pawl.ledger;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Reads the events of one file in order, also while it is being written. Lines that are no events come out as
 * {@link EventJson.Unreadable}; an unfinished last line, left by a writer that was killed, does not come out and is
 * counted by {@link #unfinished}. Not thread-safe.
 */
public final class EventReader implements Closeable {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

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
     * The last lines of a file, those that start within its last {@code bytes} bytes.
     *
     * @throws IOException if it cannot be read
     */
    public static List<EventJson.Line> last(Path path, int bytes) throws IOException {
        List<EventJson.Line> lines = new ArrayList<>();
        try (EventReader reader = open(path)) {
            long from = reader.channel.size() - bytes;
            if (from <= 0) {
                reader.poll(lines::add);
                return lines;
            }
            reader.channel.position(from);
            reader.poll(lines::add);
        }
        // The first of them is most likely the end of a line that started before.
        return lines.isEmpty() ? lines : lines.subList(1, lines.size());
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

    /**
     * Hands over every line, then waits for more until {@code done} says that no more will come; asked ten times a
     * second, and everything written before it said so is still handed over. Ends early if the thread is interrupted.
     *
     * @throws IOException if the file cannot be read
     */
    public void follow(Consumer<EventJson.Line> to, BooleanSupplier done) throws IOException {
        boolean last = false;
        while (!last && !Thread.currentThread().isInterrupted()) {
            last = done.getAsBoolean();
            poll(to);
            if (!last) {
                LockSupport.parkNanos(this, POLL_NANOS);
            }
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
