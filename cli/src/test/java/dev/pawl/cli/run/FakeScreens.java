package dev.pawl.cli.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pawl.sandbox.Screen;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A person's terminal with a clock of its own: each wait for keys takes the time it may. Thread-safe. */
final class FakeScreens {
    /** For how long a person looks before she types. */
    private static final long LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(1_100);

    final AtomicLong time = new AtomicLong();
    final AtomicInteger borrowed = new AtomicInteger();
    final AtomicInteger returned = new AtomicInteger();
    volatile boolean gone;
    private final BlockingQueue<String> keys = new LinkedBlockingQueue<>();
    private final Queue<String> written = new ConcurrentLinkedQueue<>();
    private volatile String begun = "";
    private volatile long since;

    /** Types once something new has been on the screen for a while. */
    void types(String text) {
        keys.add(text);
    }

    String written() {
        return String.join("", written);
    }

    void awaitWritten(String text) {
        AskedRun.until(() -> written().contains(text));
    }

    void awaitReturned(int times) {
        AskedRun.until(() -> returned.get() == times);
    }

    void awaitBorrowed(int times) {
        AskedRun.until(() -> borrowed.get() == times);
    }

    Optional<Screen> borrow() {
        borrowed.incrementAndGet();
        since = time.get();
        return Optional.of(new Screen() {
            @Override
            public void write(String text) {
                written.add(text);
                String title = text.substring(0, Math.min(text.length(), 120));
                if (!title.equals(begun)) {
                    begun = title;
                    since = time.get();
                }
            }

            @Override
            public int read(byte[] into, int millis) {
                long now = time.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
                String typed = now - since < LOOKS_NANOS ? null : keys.poll();
                byte[] bytes = typed == null ? new byte[0] : typed.getBytes(UTF_8);
                System.arraycopy(bytes, 0, into, 0, bytes.length);
                return gone ? -1 : bytes.length;
            }

            @Override
            public int rows() {
                return 24;
            }

            @Override
            public int columns() {
                return 100;
            }

            @Override
            public void close() {
                returned.incrementAndGet();
            }
        });
    }
}
