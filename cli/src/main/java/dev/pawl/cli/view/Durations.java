package dev.pawl.cli.view;

import java.time.Duration;
import java.util.Locale;

/** Lengths of time for people. */
public final class Durations {
    private Durations() {}

    /** For example 0.4 ms, 12 ms, 3.4 s, 5 min 2 s, 2 h 3 min, 4 d 1 h. */
    public static String text(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return millis(duration.toNanos() / 1e6);
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        if (seconds < 86_400) {
            return seconds / 3600 + " h " + seconds / 60 % 60 + " min";
        }
        return seconds / 86_400 + " d " + seconds / 3600 % 24 + " h";
    }

    /** Milliseconds with as many digits as matter; from one second on, seconds. */
    public static String millis(double millis) {
        if (millis >= 1000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000);
        }
        return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis);
    }
}
