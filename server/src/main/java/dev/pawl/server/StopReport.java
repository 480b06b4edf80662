package dev.pawl.server;

import dev.pawl.core.RunControl;
import java.util.List;

/** How the stop of one run went. */
public record StopReport(RunView run, How how, RunControl.Stopped stopped) {
    /** What it took. */
    public enum How {
        /** The run stopped itself and proved it. */
        ASKED,
        /** It did not answer, or left something, and its processes were killed from outside. */
        KILLED,
        /** Nothing of it was left to stop. */
        ENDED
    }

    static StopReport ended(RunView run) {
        return new StopReport(run, How.ENDED, new RunControl.Stopped(0, 0, 0, 0, List.of()));
    }
}
