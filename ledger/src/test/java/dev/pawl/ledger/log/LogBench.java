package dev.pawl.ledger.log;

import dev.pawl.verify.Checkpoint;
import dev.pawl.verify.Digest;
import dev.pawl.verify.LogFiles;
import dev.pawl.verify.LogVerifier;
import dev.pawl.verify.ProofBuilder;
import dev.pawl.verify.TileNodes;
import dev.pawl.verify.TilePath;
import dev.pawl.verify.TileTree;
import dev.pawl.verify.TreeHash;
import dev.pawl.verify.Verdict;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** What the log costs, beside the raw limit of the same disk. Started by bench/ledger; every figure is a median of rounds. */
final class LogBench {
    private static final int ROUNDS = 7;
    private static final int WRITERS = 16;
    private static final int EACH = 150;
    private static final int ENTRY_BYTES = 600;

    private final Path base;
    private final byte[] entry = new byte[ENTRY_BYTES];
    private int made;

    private LogBench(Path base) {
        this.base = base;
        new Random(1).nextBytes(entry);
    }

    public static void main(String[] arguments) throws Exception {
        LogBench bench = new LogBench(Path.of(arguments[0]));
        bench.group();
        bench.single();
        bench.append();
        bench.busy();
        bench.hashing();
        bench.verification();
        if (arguments.length > 1) {
            bench.proof(Long.parseLong(arguments[1]));
        }
    }

    /** 16 writers, each waits for its entry to be on the disk; raw: 16 entries in one write, one sync. */
    private void group() throws Exception {
        double[] ratios = new double[ROUNDS];
        double[] rates = new double[ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
            double raw = raw(WRITERS, EACH).total;
            double ours = writers();
            if (round >= 0) {
                ratios[round] = raw / ours;
                rates[round] = WRITERS * EACH / ours;
            }
        }
        System.out.printf(
                "group commit, %d writers: %.2f of the raw bytes/s (wanted 0.6), %.0f entries/s%n",
                WRITERS, median(ratios), median(rates));
    }

    private double writers() throws Exception {
        try (Log log = open()) {
            List<Thread> threads = new ArrayList<>();
            long start = System.nanoTime();
            for (int i = 0; i < WRITERS; i++) {
                threads.add(Thread.ofPlatform().start(() -> {
                    try {
                        for (int j = 0; j < EACH; j++) {
                            log.commit(List.of(entry));
                        }
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            return (System.nanoTime() - start) / 1e9;
        }
    }

    private void single() throws IOException {
        double[] ratios = new double[ROUNDS];
        double[] p50 = new double[ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
            double raw = raw(1, 400).p50;
            double[] micros = new double[400];
            try (Log log = open()) {
                for (int i = 0; i < micros.length; i++) {
                    long start = System.nanoTime();
                    log.commit(List.of(entry));
                    micros[i] = (System.nanoTime() - start) / 1e3;
                }
            }
            if (round >= 0) {
                p50[round] = median(micros);
                ratios[round] = p50[round] / raw;
            }
        }
        System.out.printf(
                "single writer: p50 %.2f of one raw append and sync (wanted at most 1.3), %.0f us%n",
                median(ratios), median(p50));
    }

    private record Raw(double total, double p50) {}

    private Raw raw(int batch, int times) throws IOException {
        byte[] bytes = new byte[batch * ENTRY_BYTES];
        double[] micros = new double[times];
        long begin = System.nanoTime();
        try (FileOutputStream out =
                new FileOutputStream(base.resolve("raw" + made++).toFile(), true)) {
            for (int i = 0; i < times; i++) {
                long start = System.nanoTime();
                out.write(bytes);
                out.getFD().sync();
                micros[i] = (System.nanoTime() - start) / 1e3;
            }
        }
        return new Raw((System.nanoTime() - begin) / 1e9, median(micros));
    }

    private void append() throws IOException {
        double[] micros = new double[40_000];
        try (Log log = open()) {
            for (int i = 0; i < micros.length; i++) {
                long start = System.nanoTime();
                log.append(List.of(entry));
                micros[i] = (System.nanoTime() - start) / 1e3;
            }
        }
        double[] warm = Arrays.copyOfRange(micros, micros.length / 2, micros.length);
        Arrays.sort(warm);
        System.out.printf(
                "append until the kernel has it: p50 %.1f us, p99 %.1f us (wanted at most 50)%n",
                warm[warm.length / 2], warm[warm.length * 99 / 100]);
    }

    /**
     * The same at 2,000 entries a second, as a busy run has them, while another thread syncs and signs as the ledger does. Raw is
     * one write to a file that another thread syncs every 50 ms: what the kernel itself makes a writer wait.
     */
    private void busy() throws Exception {
        double[][] ours = new double[ROUNDS][];
        double[][] raw = new double[ROUNDS][];
        for (int round = 0; round < ROUNDS; round++) {
            try (Log log = open()) {
                int[] turns = {0};
                ours[round] = paced(() -> log.append(List.of(entry)), () -> {
                    log.sync();
                    if (++turns[0] % 20 == 0) {
                        log.publish();
                    }
                });
            }
            try (FileOutputStream out =
                    new FileOutputStream(base.resolve("raw" + made++).toFile(), true)) {
                raw[round] = paced(() -> out.write(entry), () -> out.getFD().sync());
            }
        }
        System.out.printf(
                "append while it is synced and signed: p50 %.1f us, p99 %.0f us; raw write while it is synced: %.1f us, %.0f us%n",
                middle(ours, 50), middle(ours, 99), middle(raw, 50), middle(raw, 99));
    }

    /** Something that is done to a file. */
    private interface Act {
        void act() throws IOException;
    }

    private static double[] paced(Act act, Act sync) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Thread syncing = Thread.ofPlatform().start(() -> {
            while (!done.get()) {
                try {
                    sync.act();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
                LockSupport.parkNanos(50_000_000);
            }
        });
        double[] micros = new double[4000];
        for (int i = 0; i < micros.length; i++) {
            long start = System.nanoTime();
            act.act();
            micros[i] = (System.nanoTime() - start) / 1e3;
            LockSupport.parkNanos(500_000);
        }
        done.set(true);
        syncing.join();
        Arrays.sort(micros);
        return micros;
    }

    private static double middle(double[][] rounds, int percent) {
        return median(Arrays.stream(rounds)
                .mapToDouble(sorted -> sorted[sorted.length * percent / 100])
                .toArray());
    }

    /** In memory, one thread: hash, tree, and a signature for every 1,000 entries. */
    private void hashing() throws IOException {
        LogSigner signer = KeyFile.open(new RealDisk(), base.resolve("key" + made++), true);
        double[] rates = new double[ROUNDS];
        for (int round = -2; round < ROUNDS; round++) {
            TreeHash hash = new TreeHash();
            TileTree tree = new TileTree(hash);
            int count = 300_000;
            long start = cpu();
            for (int i = 0; i < count; i++) {
                tree.add(hash.leaf(entry), (_, _) -> {});
                if (i % 1000 == 999) {
                    signer.sign(tree.size(), tree.root());
                }
            }
            if (round >= 0) {
                rates[round] = count / ((cpu() - start) / 1e9);
            }
        }
        System.out.printf(
                "hash and sign in memory: %.0f entries (a second of one core, wanted 300,000)%n", median(rates));
    }

    private void verification() throws IOException {
        Path directory = base.resolve("verify");
        int count = 300_000;
        Checkpoint checkpoint;
        LogVerifier verifier;
        try (Log log = Log.open(new RealDisk(), directory, base.resolve("verify.key"))) {
            for (int i = 0; i < count; i += 1000) {
                List<byte[]> batch = new ArrayList<>();
                for (int j = 0; j < 1000; j++) {
                    batch.add(numbered(i + j));
                }
                log.append(batch);
            }
            log.compact();
            checkpoint = log.publish();
            verifier = new LogVerifier(log.key(), false);
        }
        double[] rates = new double[ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
            long start = cpu();
            Verdict verdict = verifier.check(LogFiles.in(directory), List.of());
            double seconds = (cpu() - start) / 1e9;
            if (!(verdict instanceof Verdict.Sound) || checkpoint.size() != count) {
                throw new IllegalStateException(verdict.toString());
            }
            if (round >= 0) {
                rates[round] = count / seconds;
            }
        }
        System.out.printf("full verification: %.0f entries (a second of one core, wanted 200,000)%n", median(rates));
    }

    /** Tiles of hashes only; a proof needs no more. Each proof with tiles that were not read before. */
    private void proof(long size) throws IOException {
        TreeHash hash = new TreeHash();
        TileTree tree = new TileTree(hash);
        Path directory = base.resolve("big");
        TileTree.Tiles write = (path, hashes) -> {
            Path file = directory.resolve(path.text());
            Files.createDirectories(KeyFile.parent(file));
            Files.write(file, TileTree.bytes(hashes));
        };
        byte[] number = new byte[Long.BYTES];
        for (long i = 0; i < size; i++) {
            ByteBuffer.wrap(number).putLong(i);
            tree.add(hash.leaf(number), write);
        }
        tree.open(write);
        Random random = new Random(3);
        double[] millis = new double[200];
        for (int i = 0; i < millis.length; i++) {
            long index = random.nextLong(size);
            long start = System.nanoTime();
            TileNodes nodes = new TileNodes(LogFiles.in(directory), hash, size);
            List<Digest> proof = new ProofBuilder(hash, nodes).inclusion(index, size);
            millis[i] = (System.nanoTime() - start) / 1e6;
            if (proof.size() > 64 || TilePath.in(size, 0, index / TilePath.FULL).width() == 0) {
                throw new IllegalStateException("no proof");
            }
        }
        System.out.printf("inclusion proof from a log of %d: p50 %.2f ms (wanted less than 5)%n", size, median(millis));
    }

    /** Time of this thread on a processor: what a busy machine does meanwhile is not counted. */
    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private byte[] numbered(int number) {
        byte[] own = entry.clone();
        ByteBuffer.wrap(own).putInt(number);
        return own;
    }

    private Log open() throws IOException {
        int number = made++;
        return Log.open(new RealDisk(), base.resolve("log" + number), base.resolve("log" + number + ".key"));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
