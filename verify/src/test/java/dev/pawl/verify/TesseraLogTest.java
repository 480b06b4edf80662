package dev.pawl.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The small log of transparency-dev/tessera at 1811ae1a, written by another program. */
class TesseraLogTest {
    private static final String KEY = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";

    private final TreeHash hash = new TreeHash();

    @Test
    void everyCheckpointIsSignedAndHasTheRootOfItsTiles() throws IOException, FormatFault {
        Path at = Corpus.path("tlog-tiles-log/testdata/log");
        LogFiles log = LogFiles.in(at);
        int checked = 0;
        List<Checkpoint> all = new ArrayList<>();
        for (int i = 0; i <= 15; i++) {
            Path file = at.resolve("checkpoint." + i);
            Checkpoint checkpoint = Checkpoint.open(Files.readAllBytes(file), NoteKey.parse(KEY));
            assertThat(checkpoint.size()).isEqualTo(i);
            assertThat(builder(log, i).root(i)).as(file.toString()).isEqualTo(checkpoint.root());
            all.add(checkpoint);
            checked++;
        }
        all.add(Checkpoint.open(log.read(LogFiles.CHECKPOINT).orElseThrow(), NoteKey.parse(KEY)));
        System.out.println("tessera log: " + (checked + 1) + " checkpoints");
        Proofs proofs = new Proofs(hash);
        int held = 0;
        for (Checkpoint one : all.subList(1, all.size())) {
            for (Checkpoint two : all) {
                if (one.size() <= two.size()) {
                    List<Digest> proof = builder(log, two.size()).consistency(one.size(), two.size());
                    assertThat(proofs.consistency(one.size(), two.size(), one.root(), two.root(), proof))
                            .isTrue();
                    held++;
                }
            }
        }
        System.out.println("tessera log: " + held + " consistency proofs");
    }

    @Test
    void everyEntryIsIncludedAndBundlesMatchTiles() throws IOException {
        Path at = Corpus.path("tlog-tiles-log/testdata/log");
        LogFiles log = LogFiles.in(at);
        Proofs proofs = new Proofs(hash);
        for (int size = 1; size <= 15; size++) {
            TilePath path = TilePath.in(size, TilePath.ENTRIES, 0);
            EntryBundle entries = EntryBundle.split(log.read(path.text()).orElseThrow(), size);
            assertThat(entries.isWhole()).isTrue();
            assertThat(entries.count()).isEqualTo(size);
            for (int i = 0; i < size; i++) {
                Digest leaf = entries.leaf(i, hash);
                List<Digest> proof = builder(log, size).inclusion(i, size);
                Digest root = builder(log, size).root(size);
                assertThat(proofs.inclusion(i, size, leaf, proof, root)).isTrue();
                assertThat(proofs.inclusion(i ^ 1, size, leaf, proof, root)).isFalse();
            }
        }
    }

    @Test
    void theWholeLogIsSound() throws IOException, FormatFault {
        Path at = Corpus.path("tlog-tiles-log/testdata/log");
        LogFiles log = LogFiles.in(at);
        List<byte[]> older = new ArrayList<>();
        for (int i = 0; i <= 15; i++) {
            older.add(Files.readAllBytes(at.resolve("checkpoint." + i)));
        }
        Verdict verdict = new LogVerifier(NoteKey.parse(KEY), true).check(log, older.subList(0, 8));
        assertThat(verdict).isInstanceOf(Verdict.Sound.class);
        long size = ((Verdict.Sound) verdict).checkpoint().size();
        System.out.println("tessera log: sound with " + size + " entries");
        if (size < 15) {
            assertThat(new LogVerifier(NoteKey.parse(KEY), true).check(log, older))
                    .isInstanceOfSatisfying(
                            Verdict.Broken.class,
                            broken -> assertThat(broken.entry()).isEqualTo(size));
        }
    }

    private ProofBuilder builder(LogFiles log, long size) {
        return new ProofBuilder(hash, new TileNodes(log, hash, size));
    }
}
