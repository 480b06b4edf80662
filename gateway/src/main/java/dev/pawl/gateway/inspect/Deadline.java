package dev.pawl.gateway.inspect;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One thing that happens later, unless it is called off or another takes its place. Used on one event loop. */
final class Deadline {
    private final EventLoop loop;
    private @Nullable ScheduledFuture<?> due;

    Deadline(EventLoop loop) {
        this.loop = loop;
    }

    boolean set() {
        return due != null;
    }

    void in(Duration time, Runnable action) {
        off();
        due = loop.schedule(() -> run(action), time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run(Runnable action) {
        due = null;
        action.run();
    }

    void off() {
        if (due != null) {
            due.cancel(false);
            due = null;
        }
    }
}
