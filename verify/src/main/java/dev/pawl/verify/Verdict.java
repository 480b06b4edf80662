package dev.pawl.verify;

/** What the check of a log came to. */
public sealed interface Verdict {
    /**
     * Everything is as it was signed.
     *
     * @param unsigned entries in the journal that no checkpoint covers yet
     * @param gone entries of which only the hashes are left, as whoever asked knew
     */
    record Sound(Checkpoint checkpoint, long unsigned, long gone) implements Verdict {}

    /**
     * Something is not.
     *
     * @param file the file that is wrong, below the log
     * @param entry the first wrong entry, counted from 0; -1 where the entries are sound or it cannot be told
     */
    record Broken(String file, long entry, String reason) implements Verdict {
        /** One line for a person. */
        public String text() {
            return (entry < 0 ? file : file + ", entry " + entry) + ": " + reason;
        }
    }
}
