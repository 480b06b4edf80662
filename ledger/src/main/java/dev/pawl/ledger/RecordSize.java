package dev.pawl.ledger;

import dev.pawl.verify.LogFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * How large a record is.
 *
 * @param entries how many are signed
 * @param kept the first that was not given up
 * @param bundles bytes of entries as they are
 * @param packed bytes of packed ones
 * @param hashes bytes of hash tiles
 * @param journal bytes of the journal
 * @param index bytes of the index
 */
public record RecordSize(long entries, long kept, long bundles, long packed, long hashes, long journal, long index) {
    /**
     * Adds up the files of a home's record.
     *
     * @throws IOException if one cannot be read
     */
    public static RecordSize of(Path home) throws IOException {
        Path log = Ledger.directory(home);
        Path entries = log.resolve("tile/entries");
        return new RecordSize(
                LogFiles.signedSize(LogFiles.in(log)),
                new LedgerReader(home, 0).kept(),
                bytes(entries, name -> !name.endsWith(".gz")),
                bytes(entries, name -> name.endsWith(".gz")),
                bytes(log.resolve("tile"), _ -> true) - bytes(entries, _ -> true),
                bytes(log.resolve(LogFiles.JOURNAL), _ -> true),
                bytes(IndexFiles.directory(home), _ -> true));
    }

    private static long bytes(Path top, Predicate<String> wanted) throws IOException {
        if (!Files.exists(top)) {
            return 0;
        }
        long sum = 0;
        try (Stream<Path> files = Files.walk(top)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                sum += Files.isRegularFile(file) && wanted.test(file.toString()) ? size(file) : 0;
            }
        }
        return sum;
    }

    /** 0 for a file that was replaced meanwhile. */
    private static long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }
}
