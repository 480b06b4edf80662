package dev.pawl.ledger.witness;

import dev.pawl.ledger.log.Disk;
import dev.pawl.ledger.log.LogSigner;
import dev.pawl.verify.Checkpoint;
import dev.pawl.verify.FormatFault;
import dev.pawl.verify.NoteKey;
import dev.pawl.verify.Proofs;
import dev.pawl.verify.TreeHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cosigns checkpoints of the logs it was told of, each only if it continues the last one it cosigned. The last one of each
 * log is on the disk before the cosignature is given; a file of it that cannot be read is never taken for none. Thread-safe.
 */
public final class Witness {
    private final Disk disk;
    private final Path directory;
    private final LogSigner signer;
    private final Map<String, NoteKey> logs = new HashMap<>();
    private final Clock clock;

    /**
     * Opens the memory of a witness.
     *
     * @param directory holds what it remembers and nothing else
     * @param signer with a key for cosignatures
     * @param logs keys of the logs it cosigns
     * @throws IOException if it cannot remember
     */
    public Witness(Disk disk, Path directory, LogSigner signer, List<NoteKey> logs, Clock clock) throws IOException {
        this.disk = disk;
        this.directory = directory;
        this.signer = signer;
        this.clock = clock;
        disk.makeDirectories(directory);
        for (NoteKey log : logs) {
            this.logs.put(log.name(), log);
            latest(log);
        }
    }

    /** The key its cosignatures are checked with. */
    public NoteKey key() {
        return signer.key();
    }

    /** Answers one request. One at a time: between looking at the latest and replacing it nobody else may come. */
    synchronized Answer add(byte[] bytes) throws IOException {
        return switch (AddCheckpoint.parse(bytes)) {
            case AddCheckpoint.Malformed(String reason) -> new Answer.Refused(400, reason);
            case AddCheckpoint.Request request -> add(request);
        };
    }

    private Answer add(AddCheckpoint.Request request) throws IOException {
        Checkpoint checkpoint = request.checkpoint();
        NoteKey log = logs.get(checkpoint.origin());
        if (log == null) {
            return new Answer.Refused(404, "this log is not known here");
        }
        try {
            checkpoint.note().requireSignature(log);
        } catch (FormatFault e) {
            return new Answer.Refused(403, e.reason());
        }
        if (request.old() > checkpoint.size()) {
            return new Answer.Refused(400, "the old size is larger than the new one");
        }
        Optional<Checkpoint> latest = latest(log);
        long size = latest.map(Checkpoint::size).orElse(0L);
        if (request.old() != size) {
            return new Answer.Conflict(size);
        }
        Optional<String> contradiction = contradiction(request, latest);
        if (contradiction.isPresent()) {
            disk.write(file(log, ".refused"), checkpoint.note().bytes());
            return new Answer.Refused(422, contradiction.get());
        }
        store(log, checkpoint);
        return new Answer.Cosigned(
                signer.cosign(checkpoint.note(), clock.instant().getEpochSecond())
                        .text());
    }

    private static Optional<String> contradiction(AddCheckpoint.Request request, Optional<Checkpoint> latest) {
        Checkpoint checkpoint = request.checkpoint();
        TreeHash hash = new TreeHash();
        if (checkpoint.size() == 0 && !checkpoint.root().equals(hash.empty())) {
            return Optional.of("an empty log has another root");
        }
        if (request.old() == 0) {
            boolean holds = request.proof().isEmpty()
                    && latest.map(before -> before.root().equals(hash.empty())).orElse(true);
            return holds ? Optional.empty() : Optional.of("nothing is needed to follow an empty log");
        }
        Checkpoint before = latest.orElseThrow();
        boolean consistent = before.size() == checkpoint.size()
                ? request.proof().isEmpty() && before.root().equals(checkpoint.root())
                : new Proofs(hash)
                        .consistency(
                                before.size(), checkpoint.size(), before.root(), checkpoint.root(), request.proof());
        return consistent
                ? Optional.empty()
                : Optional.of("the log of " + before.size() + " entries is not shown to be the beginning of that of "
                        + checkpoint.size());
    }

    private Optional<Checkpoint> latest(NoteKey log) throws IOException {
        Optional<byte[]> note = disk.read(file(log, ""));
        try {
            return note.isEmpty() ? Optional.empty() : Optional.of(Checkpoint.open(note.get(), log));
        } catch (FormatFault e) {
            throw new IOException("what was cosigned of " + log.name() + " cannot be read: " + e.reason(), e);
        }
    }

    private void store(NoteKey log, Checkpoint checkpoint) throws IOException {
        Path making = directory.resolve("making");
        disk.write(making, checkpoint.note().bytes());
        disk.sync(making);
        disk.rename(making, file(log, ""));
        disk.sync(directory);
    }

    /** Names of logs are anything; names of files are not. */
    private Path file(NoteKey log, String suffix) {
        byte[] hash = TreeHash.sha256().digest(log.name().getBytes(StandardCharsets.UTF_8));
        return directory.resolve(HexFormat.of().formatHex(hash) + suffix);
    }
}
