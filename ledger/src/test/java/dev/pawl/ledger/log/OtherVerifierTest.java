package dev.pawl.ledger.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pawl.verify.EventProof;
import dev.pawl.verify.LogFiles;
import dev.pawl.verify.LogVerifier;
import dev.pawl.verify.NoteKey;
import dev.pawl.verify.Packed;
import dev.pawl.verify.ProofBuilder;
import dev.pawl.verify.TileNodes;
import dev.pawl.verify.TreeHash;
import dev.pawl.verify.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/verify.py, written against the formats alone, comes to the same verdicts. */
class OtherVerifierTest {
    private static final Path SCRIPT =
            Path.of(System.getProperty("pawl.root", "..")).resolve("docs/verify.py");
    private static final int EDITS = 40;
    private static final int MOST_LINES = 150;

    @TempDir
    Path home;

    @Test
    void itIsShort() throws IOException {
        assertThat(Files.readAllLines(SCRIPT)).hasSizeLessThanOrEqualTo(MOST_LINES);
    }

    @Test
    void agreesOnGoodAndBadLogs() throws IOException, InterruptedException {
        tools();
        Path directory = home.resolve("ledger");
        NoteKey key;
        Path older = home.resolve("older");
        Path newer = home.resolve("newer");
        try (Log log = Log.open(new RealDisk(), directory, home.resolve("key"))) {
            key = log.key();
            fill(log, 300);
            Files.write(older, log.publish().note().bytes());
            fill(log, 45);
            log.compact();
            fill(log, 7);
            Files.write(newer, log.publish().note().bytes());
        }
        agree(directory, key, true, older, newer);
        try (Log log = Log.open(new RealDisk(), directory, home.resolve("key"))) {
            fill(log, 1);
        }
        agree(directory, key, false);
        try (Log log = Log.open(new RealDisk(), directory, home.resolve("key"))) {
            log.compact();
        }
        agree(directory, key, true, newer);
        Path bundle = directory.resolve("tile/entries/000");
        Files.write(directory.resolve("tile/entries/000.gz"), Packed.pack(Files.readAllBytes(bundle)));
        agree(directory, key, true, newer);
        Files.delete(bundle);
        agree(directory, key, true, newer);
        List<Path> files;
        try (Stream<Path> all = Files.walk(directory)) {
            files = all.filter(Files::isRegularFile)
                    .filter(file -> !List.of("lock", "making").contains(String.valueOf(file.getFileName())))
                    .sorted()
                    .toList();
        }
        Random random = new Random(150);
        for (int i = 0; i < EDITS; i++) {
            Path file = files.get(random.nextInt(files.size()));
            byte[] before = Files.readAllBytes(file);
            byte[] after = Arrays.copyOf(before, Math.max(1, before.length - random.nextInt(2)));
            after[random.nextInt(after.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, after);
            agree(directory, key, false);
            Files.write(file, before);
        }
        agree(directory, key, true);
    }

    @Test
    void agreesOnProofs() throws Exception {
        tools();
        Path directory = home.resolve("ledger");
        try (Log log = Log.open(new RealDisk(), directory, home.resolve("key"))) {
            fill(log, 530);
            var checkpoint = log.publish();
            TreeHash hash = new TreeHash();
            ProofBuilder builder =
                    new ProofBuilder(hash, new TileNodes(LogFiles.in(directory), hash, checkpoint.size()));
            for (long index : new long[] {0, 255, 256, 511, 529}) {
                EventProof proof = new EventProof(
                        entry((int) index), index, builder.inclusion(index, checkpoint.size()), checkpoint.note());
                proof.verify(log.key());
                Path file = Files.write(home.resolve("proof"), proof.bytes());
                assertThat(python("proof", file.toString(), log.key().text())).isZero();
                byte[] wrong = proof.bytes();
                wrong[40] ^= 1;
                Files.write(file, wrong);
                assertThat(python("proof", file.toString(), log.key().text())).isEqualTo(1);
            }
        }
    }

    private void agree(Path directory, NoteKey key, boolean sound, Path... older)
            throws IOException, InterruptedException {
        List<byte[]> checkpoints = new ArrayList<>();
        List<String> words = new ArrayList<>(List.of("log", directory.toString(), key.text()));
        for (Path each : older) {
            checkpoints.add(Files.readAllBytes(each));
            words.add(each.toString());
        }
        Verdict verdict = new LogVerifier(key, false).check(LogFiles.in(directory), checkpoints);
        boolean ours = verdict instanceof Verdict.Sound all && all.unsigned() == 0;
        assertThat(ours).as(verdict.toString()).isEqualTo(sound);
        assertThat(python(words.toArray(String[]::new)) == 0)
                .as(verdict.toString())
                .isEqualTo(sound);
    }

    private static int python(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/python3", SCRIPT.toString()));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        int code = process.waitFor();
        assertThat(said).as(said).matches("(?s).*(sound|broken): .*");
        return code;
    }

    private static void tools() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "needs /usr/bin/python3");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "needs /usr/bin/openssl");
    }

    private static void fill(Log log, int entries) throws IOException {
        List<byte[]> batch = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            batch.add(entry(i));
        }
        log.append(batch);
    }

    private static byte[] entry(int number) {
        return ("{\"entry\":" + number + "}").getBytes(UTF_8);
    }
}
