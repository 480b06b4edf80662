package dev.pawl.server.approvals;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

/** Lets time pass on a board, on a virtual thread of its own: not while the run is frozen, and not while nothing is asked. */
final class Countdown implements Runnable {
    private static final Duration STEP = Duration.ofMillis(100);

    private final Board board;
    private final Backing backing;
    private final BiConsumer<List<Ask>, Outcome> end;

    Countdown(Board board, Backing backing, BiConsumer<List<Ask>, Outcome> end) {
        this.board = board;
        this.backing = backing;
        this.end = end;
    }

    @Override
    public void run() {
        try {
            while (board.awaitWork()) {
                long begin = System.nanoTime();
                Thread.sleep(STEP);
                if (backing.ending()) {
                    end.accept(board.stop(), Board.STOPPED);
                } else if (!backing.frozen()) {
                    end.accept(board.pass(Duration.ofNanos(System.nanoTime() - begin)), Board.EXPIRED);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
