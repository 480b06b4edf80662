package dev.pawl.ledger.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.verify.Checkpoint;
import dev.pawl.verify.Digest;
import dev.pawl.verify.EventProof;
import dev.pawl.verify.FormatFault;
import dev.pawl.verify.LogFiles;
import dev.pawl.verify.NoteKey;
import dev.pawl.verify.ProofBuilder;
import dev.pawl.verify.SignedNote;
import dev.pawl.verify.TileNodes;
import dev.pawl.verify.TreeHash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mistakes that verifiers of such records were found to make. */
class MistakesTest {
    private final TreeHash hash = new TreeHash();

    @TempDir
    Path home;

    private LogSigner signer;
    private EventProof proof;
    private Checkpoint checkpoint;

    @BeforeEach
    void prove() throws IOException {
        Path directory = home.resolve("ledger");
        signer = KeyFile.open(new RealDisk(), home.resolve("key"), true);
        try (Log log = Log.open(new RealDisk(), directory, home.resolve("key"))) {
            for (int i = 0; i < 9; i++) {
                log.append(List.of(("{\"kind\":\"exec\",\"n\":" + i + "}").getBytes(UTF_8)));
            }
            checkpoint = log.publish();
        }
        proof = proof(directory, checkpoint);
    }

    private EventProof proof(Path directory, Checkpoint of) throws IOException {
        List<Digest> path =
                new ProofBuilder(hash, new TileNodes(LogFiles.in(directory), hash, of.size())).inclusion(4, of.size());
        return new EventProof("{\"kind\":\"exec\",\"n\":4}".getBytes(UTF_8), 4, path, of.note());
    }

    @Test
    void everyByteOfAProofCounts() throws FormatFault {
        byte[] good = proof.bytes();
        EventProof.parse(good).verify(signer.key());
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 1;
            assertThatThrownBy(() -> EventProof.parse(bad).verify(signer.key()))
                    .as("byte " + i)
                    .isInstanceOf(FormatFault.class);
            byte[] cut = Arrays.copyOf(good, i);
            assertThatThrownBy(() -> EventProof.parse(cut).verify(signer.key()))
                    .as("cut at " + i)
                    .isInstanceOf(FormatFault.class);
        }
    }

    /** A proof with a key of its own, a perfect path and a perfect signature: still nothing but a stranger's. */
    @Test
    void theKeyIsNeverTakenFromThePack() throws IOException {
        LogSigner stranger = KeyFile.open(new RealDisk(), home.resolve("stranger"), true);
        SignedNote theirs = stranger.sign(checkpoint.size(), checkpoint.root()).note();
        EventProof forged = new EventProof(proof.entry(), 4, path(), theirs);
        assertThatThrownBy(() -> forged.verify(signer.key())).hasMessageContaining("not signed by the key");
        SignedNote named = new SignedNote(checkpoint.note().text(), theirs.lines());
        assertThatThrownBy(() -> new EventProof(proof.entry(), 4, path(), named).verify(signer.key()))
                .isInstanceOf(FormatFault.class);
        byte[] withKey = ("key " + stranger.key().text() + "\n" + new String(proof.bytes(), UTF_8)).getBytes(UTF_8);
        assertThatThrownBy(() -> EventProof.parse(withKey)).isInstanceOf(FormatFault.class);
    }

    /** A root that fits the entry but that nobody signed. */
    @Test
    void inclusionIsProvenAgainstTheSignedRoot() throws Exception {
        Digest leaf = hash.leaf("{\"invented\":true}".getBytes(UTF_8));
        String text = Checkpoint.text(checkpoint.origin(), 1, leaf);
        SignedNote unsigned = new SignedNote(text, checkpoint.note().lines());
        EventProof invented = new EventProof("{\"invented\":true}".getBytes(UTF_8), 0, List.of(), unsigned);
        assertThatThrownBy(() -> invented.verify(signer.key())).hasMessageContaining("does not hold");
    }

    /** Two lines of the known key, one good and one bad: the whole note is refused. */
    @Test
    void aBadSignatureBesideAGoodOneIsRefused() throws FormatFault {
        List<SignedNote.Line> lines = new ArrayList<>(checkpoint.note().lines());
        SignedNote twice = new SignedNote(checkpoint.note().text(), lines);
        twice.requireSignature(signer.key());
        lines.add(SignedNote.line(signer.key(), new byte[64]));
        SignedNote mixed = new SignedNote(checkpoint.note().text(), lines);
        assertThatThrownBy(() -> mixed.requireSignature(signer.key())).isInstanceOf(FormatFault.class);
    }

    /** What did not parse is asked for again, not remembered. */
    @Test
    void nothingIsRememberedBeforeItWasRead() throws IOException {
        byte[] good = new byte[3 * Digest.BYTES];
        List<byte[]> answers = new ArrayList<>(List.of(new byte[5], good));
        TileNodes nodes = new TileNodes(_ -> Optional.of(answers.removeFirst()), hash, 3);
        assertThatThrownBy(() -> nodes.node(0, 0)).isInstanceOf(IOException.class);
        assertThat(nodes.node(0, 0)).isEqualTo(Digest.at(good, 0));
        assertThat(nodes.node(0, 2)).isEqualTo(Digest.at(good, 0));
    }

    @Test
    void aKeyOfAnotherTypeIsAnotherKey() throws FormatFault {
        String[] parts = signer.key().text().split("\\+", 3);
        byte[] typed = Base64.getDecoder().decode(parts[2]);
        NoteKey other = NoteKey.of(parts[0], NoteKey.COSIGNATURE, Arrays.copyOfRange(typed, 1, typed.length));
        assertThatThrownBy(() -> proof.verify(other)).hasMessageContaining("no key of a log");
    }

    private List<Digest> path() throws IOException {
        return new ProofBuilder(hash, new TileNodes(LogFiles.in(home.resolve("ledger")), hash, 9)).inclusion(4, 9);
    }
}
