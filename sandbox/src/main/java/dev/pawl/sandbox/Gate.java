package dev.pawl.sandbox;

/** Shut while a run is frozen: no notified call is answered. Thread-safe. */
final class Gate {
    private boolean shut;

    synchronized void shut(boolean value) {
        shut = value;
        notifyAll();
    }

    synchronized boolean isShut() {
        return shut;
    }

    /** Waits until the gate is open. */
    synchronized void pass() {
        boolean interrupted = false;
        while (shut) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
