package dev.pawl.ledger.witness;

import dev.pawl.core.Body;
import dev.pawl.ledger.Care;
import dev.pawl.ledger.Ledger;
import dev.pawl.verify.Checkpoint;
import dev.pawl.verify.FormatFault;
import dev.pawl.verify.LogFiles;
import dev.pawl.verify.SignedNote;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Has the newest checkpoint of a home cosigned, and hands it out. What a witness holds against the record becomes a finding in
 * the record. Not thread-safe.
 */
public final class Witnessing {
    private final Path home;
    private final Ledger ledger;
    private final Care care;

    /** @param care says what is found in the record */
    public Witnessing(Path home, Ledger ledger, Care care) {
        this.home = home;
        this.ledger = ledger;
        this.care = care;
    }

    /**
     * How it went.
     *
     * @param checkpoint with the cosignatures that came
     * @param cosigned how many of the witnesses signed, of {@code need}
     * @param complaints what went wrong with the others, for a person
     */
    public record Result(Checkpoint checkpoint, int cosigned, int need, List<String> complaints) {
        /** Whether everything up to this checkpoint counts as witnessed. */
        public boolean witnessed() {
            return cosigned >= need;
        }
    }

    /** Where a home names its witnesses. */
    public static Path policy(Path home) {
        return home.resolve("witnesses");
    }

    /**
     * The newest checkpoint that counts as witnessed.
     *
     * @throws IOException if it cannot be read
     */
    public static Optional<Checkpoint> newest(Path home, Ledger ledger) throws IOException {
        Path file = file(home);
        try {
            return Files.exists(file)
                    ? Optional.of(Checkpoint.open(Files.readAllBytes(file), ledger.key()))
                    : Optional.empty();
        } catch (FormatFault e) {
            throw new IOException(file + ": " + e.reason(), e);
        }
    }

    /**
     * Signs all that was recorded and asks every witness.
     *
     * @throws IOException if it cannot be signed, or kept
     */
    public Result ask(WitnessPolicy policy) throws IOException {
        Checkpoint checkpoint = ledger.checkpoint();
        List<SignedNote.Line> lines = new ArrayList<>(checkpoint.note().lines());
        List<String> complaints = new ArrayList<>();
        try (WitnessClient client = new WitnessClient(LogFiles.in(Ledger.directory(home)))) {
            for (WitnessPolicy.Peer witness : policy.witnesses()) {
                String name = witness.key().name();
                switch (client.ask(witness, checkpoint)) {
                    case WitnessClient.Cosigned(SignedNote.Line line) -> lines.add(line);
                    case WitnessClient.Silent(String reason) -> complaints.add(name + ": " + reason);
                    case WitnessClient.Contradicted(String reason) -> {
                        complaints.add(name + ": " + reason);
                        care.find(
                                "witness",
                                "the witness " + name + " contradicts the record: " + reason,
                                Body.Severity.ACT);
                    }
                }
            }
        }
        SignedNote note = new SignedNote(checkpoint.note().text(), lines);
        Checkpoint cosigned = new Checkpoint(checkpoint.origin(), checkpoint.size(), checkpoint.root(), note);
        Result result = new Result(cosigned, policy.cosigned(cosigned), policy.need(), complaints);
        if (result.witnessed()) {
            replace(file(home), note.bytes());
        }
        return result;
    }

    /**
     * Hands a checkpoint out: posts it to an address, puts it into a directory under its size, or replaces a file.
     *
     * @throws IOException if that does not work
     */
    public static void push(String to, Checkpoint checkpoint) throws IOException {
        if (to.startsWith("http://") || to.startsWith("https://")) {
            try (WitnessClient client = new WitnessClient(LogFiles.in(Path.of("")))) {
                client.push(URI.create(to), checkpoint);
            }
            return;
        }
        Path file = Path.of(to).toAbsolutePath();
        replace(
                Files.isDirectory(file) ? file.resolve("checkpoint-" + checkpoint.size()) : file,
                checkpoint.note().bytes());
    }

    private static Path file(Path home) {
        return home.resolve("witnessed");
    }

    private static void replace(Path file, byte[] content) throws IOException {
        Path making = file.resolveSibling("." + file.getFileName() + ".new");
        Files.write(making, content);
        Files.move(making, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
