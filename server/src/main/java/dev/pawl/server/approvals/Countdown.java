package dev.pawl.server.approvals;

import java.time.Duration;

/** Lets time pass for questions, on a virtual thread of its own: not while the run is frozen, and not while there are none. */
final class Countdown implements Runnable {
    private static final Duration STEP = Duration.ofMillis(100);

    private final Board board;
    private final Backing backing;
    private final Approvals approvals;

    Countdown(Board board, Backing backing, Approvals approvals) {
        this.board = board;
        this.backing = backing;
        this.approvals = approvals;
    }

    @Override
    public void run() {
        try {
            while (board.awaitWork()) {
                long begin = System.nanoTime();
                Thread.sleep(STEP);
                if (backing.ending()) {
                    approvals.stop();
                } else if (!backing.frozen()) {
                    approvals.pass(Duration.ofNanos(System.nanoTime() - begin));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
