package dev.pawl.ledger.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.RecordFull;
import dev.pawl.ledger.log.FaultyDisk.Fault;
import dev.pawl.verify.Checkpoint;
import dev.pawl.verify.LogFiles;
import dev.pawl.verify.LogVerifier;
import dev.pawl.verify.NoteKey;
import dev.pawl.verify.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * One and the same work, with a fault at every single step of the file system and every outcome of it. Whatever happened:
 * the log opens again, holds all that was acknowledged, is a prefix of what was tried with no batch in part, can be signed,
 * and is consistent with every checkpoint signed before.
 */
class FaultTest {
    private static final Path ROOT = Path.of("/home/ledger");
    private static final Path KEY = Path.of("/home/ledger.key");
    private static final int OUTCOMES = 4;

    /** What somebody who was there knows. */
    private static final class Witness {
        final List<List<byte[]>> tried = new ArrayList<>();
        final List<Checkpoint> signed = new ArrayList<>();
        int acknowledged;
    }

    @Test
    void theMachineDiesAtEveryStep() throws IOException {
        long steps = work(new FaultyDisk(0), new Witness()).steps();
        int cases = 0;
        for (long step = 1; step <= steps; step++) {
            FaultyDisk disk = new FaultyDisk(step);
            disk.plan(Fault.CRASH, step);
            Witness witness = new Witness();
            work(disk, witness);
            for (int outcome = 0; outcome < OUTCOMES; outcome++) {
                recovers(disk.afterCrash(outcome < 2 ? outcome : outcome + 100 * step), witness, "crash at " + step);
                cases++;
            }
        }
        System.out.println("crash: " + steps + " steps, " + cases + " cases");
    }

    @Test
    void theDiskIsFullFromEveryStepOn() throws IOException {
        failing(Fault.FULL);
    }

    /** What found no room is tried once more after room was made, and the same log goes on. */
    @Test
    void whenThereIsRoomAgainTheLogGoesOn() throws IOException {
        long steps = work(new FaultyDisk(0), new Witness()).steps();
        int full = 0;
        for (long step = 1; step <= steps; step++) {
            FaultyDisk disk = new FaultyDisk(step);
            disk.plan(Fault.FULL, step);
            Witness witness = new Witness();
            full += goesOn(disk, witness);
            disk.heal();
            recovers(disk, witness, "full at " + step);
        }
        assertThat(full).isPositive();
        System.out.println("full and emptied: " + full + " batches were refused and taken later");
    }

    private static int goesOn(FaultyDisk disk, Witness witness) throws IOException {
        Random random = new Random(8);
        int full = 0;
        try (Log log = open(disk)) {
            for (int i = 0; i < 12; i++) {
                List<byte[]> batch = batch(random);
                witness.tried.add(batch);
                try {
                    log.append(batch);
                } catch (RecordFull e) {
                    full++;
                    disk.heal();
                    log.append(batch);
                }
                witness.acknowledged = witness.tried.size();
                if (i % 4 == 3) {
                    witness.signed.add(signed(disk, log));
                }
            }
            log.sync();
        }
        return full;
    }

    private static Log open(FaultyDisk disk) throws IOException {
        try {
            return Log.open(disk, ROOT, KEY);
        } catch (IOException e) {
            disk.heal();
            return Log.open(disk, ROOT, KEY);
        }
    }

    private static Checkpoint signed(FaultyDisk disk, Log log) throws IOException {
        try {
            log.compact();
        } catch (IOException e) {
            disk.heal();
            log.compact();
        }
        return log.publish();
    }

    @Test
    void everyStepFailsOnce() throws IOException {
        failing(Fault.ERROR);
    }

    private void failing(Fault fault) throws IOException {
        long steps = work(new FaultyDisk(0), new Witness()).steps();
        int cases = 0;
        for (long step = 1; step <= steps; step++) {
            FaultyDisk disk = new FaultyDisk(step);
            disk.plan(fault, step);
            Witness witness = new Witness();
            work(disk, witness);
            disk.heal();
            recovers(disk, witness, fault + " at " + step);
            cases++;
        }
        System.out.println(fault + ": " + cases + " cases");
    }

    /** Appends, commits, signs, compacts, packs and reopens, over a tile border; ends at the first fault. */
    private static FaultyDisk work(FaultyDisk disk, Witness witness) {
        Random random = new Random(7);
        try {
            for (int session = 0; session < 2; session++) {
                try (Log log = Log.open(disk, ROOT, KEY)) {
                    for (int i = 0; i < 6; i++) {
                        List<byte[]> batch = batch(random);
                        witness.tried.add(batch);
                        if (i % 3 == 1) {
                            log.append(batch);
                        } else {
                            log.commit(batch);
                            witness.acknowledged = witness.tried.size();
                        }
                        if (i == 3) {
                            witness.signed.add(log.publish());
                            witness.acknowledged = witness.tried.size();
                        }
                        if (i == 4) {
                            log.compact();
                            witness.acknowledged = witness.tried.size();
                            log.pack(0);
                        }
                    }
                }
            }
        } catch (IOException e) {
            return disk;
        }
        return disk;
    }

    private static List<byte[]> batch(Random random) {
        List<byte[]> batch = new ArrayList<>();
        for (int i = random.nextInt(1, 70); i > 0; i--) {
            batch.add(("entry " + random.nextLong() + "x".repeat(random.nextInt(40))).getBytes(UTF_8));
        }
        return batch;
    }

    private void recovers(FaultyDisk disk, Witness witness, String what) throws IOException {
        List<byte[]> found = new ArrayList<>();
        NoteKey key;
        try (Log log = Log.open(disk, ROOT, KEY)) {
            key = log.key();
            new LogReader(disk, ROOT, 0).poll((index, entry) -> found.add(entry));
            int batches = 0;
            List<byte[]> expected = new ArrayList<>();
            while (expected.size() < found.size() && batches < witness.tried.size()) {
                expected.addAll(witness.tried.get(batches++));
            }
            assertThat(found)
                    .as(what)
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactlyElementsOf(expected);
            assertThat(batches).as(what).isGreaterThanOrEqualTo(witness.acknowledged);
            log.commit(List.of("after".getBytes(UTF_8)));
            log.compact();
        } catch (IOException e) {
            throw new AssertionError(what, e);
        }
        verify(disk, key, witness, found.size() + 1, what);
    }

    private void verify(FaultyDisk disk, NoteKey key, Witness witness, long size, String what) throws IOException {
        List<byte[]> older = witness.signed.stream()
                .map(checkpoint -> checkpoint.note().bytes())
                .toList();
        Verdict verdict = new LogVerifier(key, false).check(files(disk), older);
        assertThat(verdict).as(what).isInstanceOfSatisfying(Verdict.Sound.class, sound -> {
            assertThat(sound.checkpoint().size()).as(what).isEqualTo(size);
            assertThat(sound.unsigned()).isZero();
        });
    }

    private static LogFiles files(FaultyDisk disk) {
        return new LogFiles() {
            @Override
            public Optional<byte[]> read(String path) {
                return disk.read(ROOT.resolve(path));
            }

            @Override
            public List<String> tiles() {
                return disk.files()
                        .map(file ->
                                file.startsWith(ROOT) ? ROOT.relativize(file).toString() : "")
                        .filter(path -> path.startsWith("tile/"))
                        .sorted()
                        .toList();
            }
        };
    }
}
