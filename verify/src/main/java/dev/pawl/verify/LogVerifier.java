package dev.pawl.verify;

import dev.pawl.verify.Verdict.Broken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Checks a whole log with a key that came from outside. Immutable; each check is its own. */
public final class LogVerifier {
    private final NoteKey log;
    private final boolean live;
    private final long given;

    /**
     * @param live whether somebody may be writing: then an unfinished batch and tiles beyond the checkpoint are none of
     *     its business
     */
    public LogVerifier(NoteKey log, boolean live) {
        this(log, live, 0);
    }

    /**
     * The same for a log whose oldest entries were given up.
     *
     * @param given entries below this one may be gone, if their hashes are there
     */
    public LogVerifier(NoteKey log, boolean live, long given) {
        this.log = log;
        this.live = live;
        this.given = given;
    }

    /**
     * Reads every entry and every tile.
     *
     * @param older checkpoints of the same log that were kept elsewhere; the log must contain them
     * @throws IOException if a file is there and cannot be read
     */
    public Verdict check(LogFiles files, List<byte[]> older) throws IOException {
        // Before the checkpoint: what is appended meanwhile must not look as if it were missing.
        JournalCheck journal = new JournalCheck(files, live);
        var bytes = files.read(LogFiles.CHECKPOINT);
        if (bytes.isEmpty()) {
            return new Broken(LogFiles.CHECKPOINT, -1, "is missing");
        }
        Checkpoint checkpoint;
        try {
            checkpoint = Checkpoint.open(bytes.get(), log);
        } catch (FormatFault e) {
            return new Broken(LogFiles.CHECKPOINT, -1, e.reason());
        }
        List<Checkpoint> before = new ArrayList<>();
        for (byte[] each : older) {
            try {
                before.add(Checkpoint.open(each, log));
            } catch (FormatFault e) {
                return new Broken("the checkpoint given", -1, e.reason());
            }
        }
        before.sort(Comparator.comparingLong(Checkpoint::size));
        if (!before.isEmpty() && before.getLast().size() > checkpoint.size()) {
            return new Broken(
                    LogFiles.CHECKPOINT,
                    checkpoint.size(),
                    "was removed with all that followed: the log had "
                            + before.getLast().size() + " entries, now " + checkpoint.size());
        }
        return new TreeCheck(files, live, checkpoint, before, journal, given).run();
    }
}
