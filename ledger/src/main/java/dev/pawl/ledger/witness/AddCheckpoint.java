package dev.pawl.ledger.witness;

import dev.pawl.verify.Checkpoint;
import dev.pawl.verify.Decimal;
import dev.pawl.verify.Digest;
import dev.pawl.verify.FormatFault;
import dev.pawl.verify.SignedNote;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a log sends to a witness (tlog-witness, add-checkpoint). Nothing of it is believed yet. */
sealed interface AddCheckpoint {
    /** The longest request: 63 hashes and a note of some signatures take a tenth of it. */
    int MAX_BYTES = 1 << 16;

    /** The most hashes of a proof, by the protocol. */
    int MAX_PROOF = 63;

    /**
     * A request.
     *
     * @param old the size from which the proof leads
     */
    record Request(long old, List<Digest> proof, Checkpoint checkpoint) implements AddCheckpoint {
        public Request {
            proof = List.copyOf(proof);
        }

        /** As it is sent. */
        byte[] bytes() {
            StringBuilder head = new StringBuilder("old ").append(old).append('\n');
            proof.forEach(hash -> head.append(hash.base64()).append('\n'));
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(head.append('\n').toString().getBytes(StandardCharsets.US_ASCII));
            all.writeBytes(checkpoint.note().bytes());
            return all.toByteArray();
        }
    }

    /** Not a request. */
    record Malformed(String reason) implements AddCheckpoint {}

    /** Reads a request. Never throws. */
    static AddCheckpoint parse(byte[] bytes) {
        int blank = blank(bytes);
        if (bytes.length > MAX_BYTES || blank < 0) {
            return new Malformed("too long, or without an empty line");
        }
        String[] lines = new String(bytes, 0, blank, StandardCharsets.US_ASCII).split("\n", -1);
        if (lines.length > MAX_PROOF + 1 || !lines[0].startsWith("old ")) {
            return new Malformed("does not begin with the old size, or has too many hashes");
        }
        try {
            List<Digest> proof = new ArrayList<>();
            for (String line : Arrays.asList(lines).subList(1, lines.length)) {
                proof.add(Digest.parse(line));
            }
            long old = Decimal.parse(lines[0].substring("old ".length()));
            byte[] note = Arrays.copyOfRange(bytes, blank + 2, bytes.length);
            return new Request(old, proof, Checkpoint.read(SignedNote.parse(note)));
        } catch (FormatFault e) {
            return new Malformed(e.reason());
        }
    }

    private static int blank(byte[] bytes) {
        for (int i = 0; i + 1 < bytes.length; i++) {
            if (bytes[i] == '\n' && bytes[i + 1] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
