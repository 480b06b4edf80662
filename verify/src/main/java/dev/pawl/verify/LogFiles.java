package dev.pawl.verify;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The files of a log. */
public interface LogFiles extends TileSource {
    /** The newest checkpoint. */
    String CHECKPOINT = "checkpoint";

    /** Entries that may not be in tiles yet. */
    String JOURNAL = "journal";

    /**
     * How many entries the newest checkpoint covers, whoever signed it; 0 if there is none.
     *
     * @throws IOException if it cannot be read
     */
    static long signedSize(TileSource source) throws IOException {
        Optional<byte[]> note = source.read(CHECKPOINT);
        try {
            return note.isEmpty()
                    ? 0
                    : Checkpoint.read(SignedNote.parse(note.get())).size();
        } catch (FormatFault e) {
            throw new IOException("the checkpoint cannot be read: " + e.reason(), e);
        }
    }

    /**
     * Every file below {@code tile}, with its path below the log.
     *
     * @throws IOException if a directory cannot be read
     */
    List<String> tiles() throws IOException;

    /** A log on disk. */
    static LogFiles in(Path directory) {
        return new LogDirectory(directory);
    }
}
