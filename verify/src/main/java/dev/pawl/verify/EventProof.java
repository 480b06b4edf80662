package dev.pawl.verify;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * One entry with the proof that a signed log holds it, as one text (C2SP tlog-proof; the entry is its extra data). The
 * checkpoint is kept as it was read; nothing of it is believed before {@link #verify}. Immutable.
 */
public final class EventProof {
    private static final String FIRST = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";
    private static final int MAX_PATH = 63;

    private final byte[] entry;
    private final long index;
    private final List<Digest> path;
    private final SignedNote checkpoint;

    /**
     * @param path the hashes from the entry's sibling up
     * @param checkpoint of the log whose entry {@code index} this is
     */
    public EventProof(byte[] entry, long index, List<Digest> path, SignedNote checkpoint) {
        this.entry = entry.clone();
        this.index = index;
        this.path = List.copyOf(path);
        this.checkpoint = checkpoint;
    }

    /** The entry. */
    public byte[] entry() {
        return entry.clone();
    }

    /** Its place in the log, counted from 0. */
    public long index() {
        return index;
    }

    /**
     * Reads a proof.
     *
     * @throws FormatFault if it is none
     */
    public static EventProof parse(byte[] bytes) throws FormatFault {
        String text = SignedNote.utf8(bytes);
        int blank = text.indexOf("\n\n");
        String[] head = blank < 0 ? new String[0] : text.substring(0, blank).split("\n", -1);
        if (head.length < 3 || head.length > 3 + MAX_PATH || !head[0].equals(FIRST)) {
            throw new FormatFault("not a proof of one entry");
        }
        if (!head[1].startsWith(EXTRA) || !head[2].startsWith(INDEX)) {
            throw new FormatFault("a proof without its entry");
        }
        List<Digest> path = new ArrayList<>();
        for (int i = 3; i < head.length; i++) {
            path.add(Digest.parse(head[i]));
        }
        SignedNote note = SignedNote.parse(text.substring(blank + 2).getBytes(StandardCharsets.UTF_8));
        byte[] entry = Base64Text.decode(head[1].substring(EXTRA.length()));
        return new EventProof(entry, Decimal.parse(head[2].substring(INDEX.length())), path, note);
    }

    /** The proof as it is stored. */
    public byte[] bytes() {
        StringBuilder text = new StringBuilder(FIRST + "\n");
        text.append(EXTRA).append(Base64.getEncoder().encodeToString(entry)).append('\n');
        text.append(INDEX).append(index).append('\n');
        path.forEach(hash -> text.append(hash.base64()).append('\n'));
        text.append('\n').append(new String(checkpoint.bytes(), StandardCharsets.UTF_8));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Demands that {@code log} signed a tree that holds the entry at its index.
     *
     * @return the checkpoint, now to be believed
     * @throws FormatFault if it did not
     */
    public Checkpoint verify(NoteKey log) throws FormatFault {
        Checkpoint signed = Checkpoint.open(checkpoint.bytes(), log);
        TreeHash hash = new TreeHash();
        if (!new Proofs(hash).inclusion(index, signed.size(), hash.leaf(entry), path, signed.root())) {
            throw new FormatFault("the signed log of " + signed.size() + " entries does not hold this one at " + index);
        }
        return signed;
    }
}
