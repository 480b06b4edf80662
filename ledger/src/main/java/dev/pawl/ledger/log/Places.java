package dev.pawl.ledger.log;

import dev.pawl.verify.LogFiles;
import java.nio.file.Path;

/** Where the parts of a log lie. */
record Places(Path root) {
    Path checkpoint() {
        return root.resolve(LogFiles.CHECKPOINT);
    }

    Path journal() {
        return root.resolve(LogFiles.JOURNAL);
    }

    Path lock() {
        return root.resolve("lock");
    }

    /** Files that are being made; only the one that publishes uses it. */
    Path making() {
        return root.resolve("making");
    }
}
