package dev.pawl.ledger;

import dev.pawl.ledger.log.LogReader;
import dev.pawl.ledger.log.RealDisk;
import dev.pawl.verify.Checkpoint;
import dev.pawl.verify.Digest;
import dev.pawl.verify.EventProof;
import dev.pawl.verify.FormatFault;
import dev.pawl.verify.LogFiles;
import dev.pawl.verify.ProofBuilder;
import dev.pawl.verify.TileNodes;
import dev.pawl.verify.TreeHash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds an event in the record and proves that it is in there. Stateless. */
public final class EventProofs {
    private EventProofs() {}

    /**
     * The proof of the one event whose id begins so; empty if there is none or more than one.
     *
     * @param home where {@code ledger} is held
     * @param under a checkpoint of it that covers the event
     * @throws IOException if the record cannot be read or signed
     */
    public static Optional<byte[]> prove(Path home, Ledger ledger, String prefix, Checkpoint under) throws IOException {
        // Sealed or not, the id is in the clear.
        List<Long> exact = new ArrayList<>();
        List<Long> begun = new ArrayList<>();
        new LedgerReader(home, 0).poll((index, line) -> {
            if (line instanceof EventJson.Decoded decoded
                    && decoded.event().id().startsWith(prefix)) {
                (decoded.event().id().equals(prefix) ? exact : begun).add(index);
            }
        });
        List<Long> found = exact.isEmpty() ? begun : exact;
        return prefix.isEmpty() || found.size() != 1
                ? Optional.empty()
                : Optional.of(prove(home, ledger, found.getFirst(), under));
    }

    /**
     * The proof of one entry.
     *
     * @throws IOException if the record cannot be read or signed
     */
    public static byte[] prove(Path home, Ledger ledger, long index) throws IOException {
        return prove(home, ledger, index, ledger.checkpoint());
    }

    private static byte[] prove(Path home, Ledger ledger, long index, Checkpoint checkpoint) throws IOException {
        if (index >= checkpoint.size()) {
            throw new IOException("the checkpoint of " + checkpoint.size() + " entries is older than the event");
        }
        byte[] entry = LogReader.entry(new RealDisk(), Ledger.directory(home), index, checkpoint.size());
        TreeHash hash = new TreeHash();
        TileNodes nodes = new TileNodes(LogFiles.in(Ledger.directory(home)), hash, checkpoint.size());
        List<Digest> path = new ProofBuilder(hash, nodes).inclusion(index, checkpoint.size());
        EventProof proof = new EventProof(entry, index, path, checkpoint.note());
        try {
            // What is handed out was checked as whoever gets it will.
            proof.verify(ledger.key());
        } catch (FormatFault e) {
            throw new IOException("the record is damaged: " + e.reason(), e);
        }
        return proof.bytes();
    }
}
