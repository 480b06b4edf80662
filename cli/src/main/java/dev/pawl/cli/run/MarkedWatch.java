package dev.pawl.cli.run;

import dev.pawl.core.Charter;
import dev.pawl.gateway.leak.LeakDesk;
import dev.pawl.gateway.leak.MarkedReader;
import dev.pawl.gateway.leak.scan.MarkedFiles;
import dev.pawl.gateway.leak.scan.Marker;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Keeps what a run marked known to the search for leaks. Files are read by a thread of its own, so that no run waits for
 * them to start; requests wait until they were read once. Then it looks again and again, for what changed or is new.
 */
final class MarkedWatch implements AutoCloseable {
    /** Between two looks at least. */
    private static final long PAUSE_MILLIS = 1_000;

    /** A look may take this part of the time at most: where there are many files, changes are seen later. */
    private static final int PART = 20;

    private final MarkedReader reader;
    private final List<Marker> markers;
    private final LeakDesk desk;
    private final Consumer<String> toPerson;
    private final CompletableFuture<Void> known = new CompletableFuture<>();
    private final long leastPause;
    private boolean closed;
    private boolean told;

    private MarkedWatch(
            MarkedReader reader, List<Marker> markers, LeakDesk desk, Consumer<String> toPerson, long leastPause) {
        this.reader = reader;
        this.markers = List.copyOf(markers);
        this.desk = desk;
        this.toPerson = toPerson;
        this.leastPause = leastPause;
    }

    /** Marks these, and what the charter says of its workspace; empty where it says nothing. */
    static Optional<MarkedWatch> start(
            Charter charter, List<Marker> markers, LeakDesk desk, Consumer<String> toPerson) {
        if (charter.files().marked().isEmpty()) {
            desk.mark(markers, MarkedFiles.none());
            return Optional.empty();
        }
        MarkedReader reader =
                new MarkedReader(charter.workspace(), charter.files().marked());
        return Optional.of(start(reader, markers, desk, toPerson, PAUSE_MILLIS));
    }

    static MarkedWatch start(
            MarkedReader reader, List<Marker> markers, LeakDesk desk, Consumer<String> toPerson, long leastPause) {
        MarkedWatch watch = new MarkedWatch(reader, markers, desk, toPerson, leastPause);
        desk.mark(markers, MarkedFiles.none());
        desk.waitFor(watch.known);
        Thread.ofPlatform().daemon().name("marked-files").start(watch::run);
        return watch;
    }

    private void run() {
        try {
            long pause = 0;
            while (open(pause)) {
                long began = System.nanoTime();
                look();
                pause = Math.max(leastPause, PART * (System.nanoTime() - began) / 1_000_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            known.completeExceptionally(new IllegalStateException("the marked files were not read"));
        }
    }

    private void look() {
        try {
            if (reader.look()) {
                desk.mark(markers, reader.files());
            }
            if (!reader.complete()) {
                tell("not all of them, or not to their ends: there are too many or they are too large (docs/leaks.md)");
            }
            known.complete(null);
        } catch (IOException | RuntimeException e) {
            // Before anything was read, whoever waits is refused; afterwards what was read stays marked.
            known.completeExceptionally(e);
            tell(String.valueOf(e));
        }
    }

    private void tell(String why) {
        if (!told) {
            told = true;
            toPerson.accept("pawl: marked files were not read: " + why);
        }
    }

    /** Waits, unless it is closed first. */
    private synchronized boolean open(long millis) throws InterruptedException {
        long until = System.nanoTime() + millis * 1_000_000;
        for (long left = millis; !closed && left > 0; left = (until - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        return !closed;
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
