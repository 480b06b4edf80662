package dev.pawl.ledger.witness;

import dev.pawl.verify.Checkpoint;
import dev.pawl.verify.Decimal;
import dev.pawl.verify.Digest;
import dev.pawl.verify.FormatFault;
import dev.pawl.verify.LogFiles;
import dev.pawl.verify.ProofBuilder;
import dev.pawl.verify.SignedNote;
import dev.pawl.verify.TileNodes;
import dev.pawl.verify.TreeHash;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Asks one witness for its cosignature. Thread-safe. */
final class WitnessClient implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_ANSWER = 1 << 16;

    private final LogFiles log;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    WitnessClient(LogFiles log) {
        this.log = log;
    }

    /** What came of it. */
    sealed interface Outcome {}

    /** The witness signed. */
    record Cosigned(SignedNote.Line line) implements Outcome {}

    /** The witness saw another history of this log; {@code reason} is ours. */
    record Contradicted(String reason) implements Outcome {}

    /** It did not answer, or nothing that means anything. */
    record Silent(String reason) implements Outcome {}

    private record Reply(int status, String body) {}

    Outcome ask(WitnessPolicy.Peer witness, Checkpoint checkpoint) {
        try {
            Reply reply = send(witness, new AddCheckpoint.Request(0, List.of(), checkpoint));
            if (reply.status != 409) {
                return outcome(witness, checkpoint, reply);
            }
            long seen = Decimal.parse(reply.body.strip());
            if (seen > checkpoint.size()) {
                return new Contradicted("it saw " + seen + " entries, now there are " + checkpoint.size()
                        + ": the record was rolled back");
            }
            return outcome(
                    witness,
                    checkpoint,
                    send(witness, new AddCheckpoint.Request(seen, proof(seen, checkpoint.size()), checkpoint)));
        } catch (IOException e) {
            return new Silent(String.valueOf(e));
        } catch (FormatFault e) {
            return new Silent(e.reason());
        }
    }

    /** Hands a checkpoint to whoever keeps it at this address. */
    void push(URI to, Checkpoint checkpoint) throws IOException {
        Reply reply = send(to, checkpoint.note().bytes());
        if (reply.status / 100 != 2) {
            throw new IOException(to + " answered " + reply.status);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private Outcome outcome(WitnessPolicy.Peer witness, Checkpoint checkpoint, Reply reply) throws FormatFault {
        return switch (reply.status) {
            case 200 -> {
                for (SignedNote.Line line : SignedNote.lines(reply.body)) {
                    SignedNote cosigned = new SignedNote(checkpoint.note().text(), List.of(line));
                    if (cosigned.cosignedBy(witness.key()).isPresent()) {
                        yield new Cosigned(line);
                    }
                }
                yield new Silent("no cosignature of its key");
            }
            case 422 -> new Contradicted("it saw another history of the record: the record was forked");
            default -> new Silent("it answered " + reply.status);
        };
    }

    private List<Digest> proof(long from, long to) throws IOException {
        if (from == 0 || from == to) {
            return List.of();
        }
        TreeHash hash = new TreeHash();
        return new ProofBuilder(hash, new TileNodes(log, hash, to)).consistency(from, to);
    }

    private Reply send(WitnessPolicy.Peer witness, AddCheckpoint.Request request) throws IOException {
        return send(witness.prefix().resolve("add-checkpoint"), request.bytes());
    }

    private Reply send(URI to, byte[] body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(to)
                .timeout(TIMEOUT)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = response.body()) {
                return new Reply(response.statusCode(), new String(in.readNBytes(MAX_ANSWER), StandardCharsets.UTF_8));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
