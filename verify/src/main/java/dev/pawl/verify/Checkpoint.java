package dev.pawl.verify;

import java.util.List;

/**
 * What a log says of itself (C2SP tlog-checkpoint): its size and its root.
 *
 * @param origin names the log
 * @param note as it was signed
 */
public record Checkpoint(String origin, long size, Digest root, SignedNote note) {
    private static final int LINES = 3;

    /** The text to be signed. */
    public static String text(String origin, long size, Digest root) {
        return origin + "\n" + size + "\n" + root.base64() + "\n";
    }

    /**
     * Reads a checkpoint and believes it only if {@code log} signed it and is named as its origin.
     *
     * @throws FormatFault if it is not such a checkpoint
     */
    public static Checkpoint open(byte[] bytes, NoteKey log) throws FormatFault {
        SignedNote note = SignedNote.parse(bytes);
        note.requireSignature(log);
        Checkpoint checkpoint = read(note);
        if (!checkpoint.origin.equals(log.name())) {
            throw new FormatFault("a checkpoint of another log: " + checkpoint.origin);
        }
        return checkpoint;
    }

    /**
     * Reads the text of a note without looking at its signatures.
     *
     * @throws FormatFault if it is no checkpoint
     */
    public static Checkpoint read(SignedNote note) throws FormatFault {
        List<String> lines = note.text().lines().toList();
        if (lines.size() < LINES || lines.stream().anyMatch(String::isEmpty)) {
            throw new FormatFault("a checkpoint has origin, size and root");
        }
        return new Checkpoint(lines.getFirst(), Decimal.parse(lines.get(1)), Digest.parse(lines.get(2)), note);
    }
}
