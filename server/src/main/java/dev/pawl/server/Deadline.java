package dev.pawl.server;

import java.io.IOException;
import java.nio.channels.Channel;
import java.time.Duration;

/** Closes a channel after a while, unless it was closed itself before: a unix socket has no timeout of its own. */
final class Deadline implements AutoCloseable {
    private final Thread watch;

    Deadline(Channel channel, Duration after) {
        watch = Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(after);
                channel.close();
            } catch (InterruptedException | IOException e) {
                // Interrupted: what was watched is done. Not closed: nothing more can be done to it.
                return;
            }
        });
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}
